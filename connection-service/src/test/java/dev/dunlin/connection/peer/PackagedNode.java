package dev.dunlin.connection.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.OwnRedis;
import dev.dunlin.engines.testing.SelfSignedCertificate;
import dev.dunlin.engines.testing.TestEngines;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The packaged service as a process of its own, with TLS beside plain HTTP, Netty's strictest
 * search for leaks, and a {@link Peer} and a Redis behind it. It shares the other engines with the
 * tests that run beside it.
 */
public final class PackagedNode implements AutoCloseable {
    private static final Path HOME = Path.of("target", "packaged-node");
    private static final Duration START_WITHIN = Duration.ofMinutes(2);
    private static final Pattern LISTENING =
            Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+) and https://127\\.0\\.0\\.1:(\\d+)"
                    + "\\. Management interface listening on https://127\\.0\\.0\\.1:(\\d+)");

    private final String id = "packaged-" + UUID.randomUUID().toString().substring(0, 8);
    private final Process process;
    private final Path log;
    private final SelfSignedCertificate certificate;
    private final OwnRedis engine;
    private final Vertx vertx;
    private final Redis redis;
    private final Peer peer;
    private final HttpClient client;
    private final int port;
    private final int tlsPort;
    private final int managementPort;

    private PackagedNode(TestEngines engines, Map<String, String> settings) throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        log = Files.createTempFile(HOME, "node", ".log");
        certificate = SelfSignedCertificate.make(HOME);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(certificate.trust())
                .build();
        URI peerAddress = URI.create("http://127.0.0.1:" + freePort());
        engine = OwnRedis.start();
        process = start(engines, peerAddress, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // should the build be broken off
        try {
            Awaitility.await().atMost(START_WITHIN).until(() -> {
                assertThat(process.isAlive()).as(log()).isTrue();
                return LISTENING.matcher(log()).find();
            });
        } catch (ConditionTimeoutException | AssertionError e) {
            process.destroyForcibly();
            engine.close();
            throw e;
        }
        Matcher listening = LISTENING.matcher(log());
        assertThat(listening.find()).isTrue();
        port = Integer.parseInt(listening.group(1));
        tlsPort = Integer.parseInt(listening.group(2));
        managementPort = Integer.parseInt(listening.group(3));
        vertx = Vertx.vertx();
        redis = Redis.createClient(vertx, engine.uri());
        peer = new Peer(peerAddress, engines.kafkaBootstrapServers(), redis);
        peer.serveOnly(id);
        Awaitility.await()
                .atMost(START_WITHIN)
                .until(() -> manage("/q/health/ready").statusCode() == 200);
    }

    /** Starts one; with these settings beside those that it needs. */
    public static PackagedNode start(Map<String, String> settings) {
        try {
            return new PackagedNode(TestEngines.join(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process start(TestEngines engines, URI peerAddress, Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MaxDirectMemorySize=96m",
                "-Dio.netty.leakDetection.level=paranoid",
                "-Dquarkus.log.level=INFO",
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
        Map<String, String> environment = builder.environment();
        environment.putAll(Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", "0",
                "KAFKA_BOOTSTRAP_SERVERS", engines.kafkaBootstrapServers(),
                "QUARKUS_REDIS_HOSTS", engine.uri(),
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", engines.jwksUrl(),
                "MP_JWT_VERIFY_ISSUER", engines.issuer(),
                "DUNLIN_SERVICE_TOKEN_FILE", engines.serviceTokenFile().toString(),
                "QUARKUS_REST_CLIENT_MESSAGE_SERVICE_URL", peerAddress.toString(),
                "QUARKUS_REST_CLIENT_PRESENCE_SERVICE_URL", peerAddress.toString()));
        environment.putAll(Map.of(
                "DUNLIN_NODE_ID",
                id,
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT",
                "0",
                "QUARKUS_HTTP_SSL_PORT",
                "0",
                "QUARKUS_HTTP_INSECURE_REQUESTS",
                "enabled",
                "QUARKUS_TLS_KEY_STORE_P12_PATH",
                certificate.store().toString(),
                "QUARKUS_TLS_KEY_STORE_P12_PASSWORD",
                certificate.password()));
        environment.put("MP_JWT_VERIFY_AUDIENCES", engines.audience());
        for (String bound : List.of(
                "RATE_PER_ADDRESS",
                "RATE_PER_ADDRESS_BURST",
                "RATE_PER_USER",
                "RATE_PER_USER_BURST",
                "HANDSHAKE_LINKS_PER_USER",
                "HANDSHAKE_LINKS_PER_ADDRESS")) {
            environment.put("DUNLIN_" + bound, "1000000"); // tests have one address
        }
        environment.putAll(settings);
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Where plain HTTP is. */
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Where TLS is. */
    public URI https(String path) {
        return URI.create("https://localhost:" + tlsPort + path);
    }

    public int port() {
        return port;
    }

    /** The port for {@code /q} and {@code /internal}, with TLS. */
    public int managementPort() {
        return managementPort;
    }

    public int tlsPort() {
        return tlsPort;
    }

    public SelfSignedCertificate certificate() {
        return certificate;
    }

    public Peer peer() {
        return peer;
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Errors, stack traces and leaks of its log. */
    public List<String> complaints() {
        return log().lines()
                .filter(line -> line.contains("\"level\":\"ERROR\"")
                        || line.contains("\"exception\":")
                        || line.contains("LEAK")
                        || line.startsWith("\tat "))
                .toList();
    }

    /** Asks the public port. */
    public HttpResponse<String> get(String path) {
        return send(http(path));
    }

    /**
     * Asks the management port, for {@code /q} and {@code /internal}; it has TLS where the node has
     * it.
     */
    public HttpResponse<String> manage(String path) {
        return send(URI.create("https://localhost:" + managementPort + path));
    }

    private HttpResponse<String> send(URI uri) {
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Makes the process look for what is not used any more. */
    public void collectGarbage() throws IOException, InterruptedException {
        jcmd("GC.run");
    }

    /** What lives on its heap after a full collection, which this call makes. */
    public LiveHeap liveHeap() throws IOException, InterruptedException {
        return LiveHeap.parse(jcmd("GC.class_histogram"));
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true);
        builder.environment().remove("_JAVA_OPTIONS"); // the JVM would say that it has read them
        Process jcmd = builder.start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(text).isZero();
        return text;
    }

    /** The value of a metric, all its labels together; 0 if there is none. */
    public double metric(String name) {
        return manage("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
        peer.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        engine.close();
    }
}
