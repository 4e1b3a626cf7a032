package dev.dunlin.engines.testing;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The Kafka, Redis and PostgreSQL that the tests of one module share, so that modules are tested
 * side by side. The first test that asks starts them; they stop by themselves when its JVM ends.
 * Every method may block.
 */
public final class TestEngines {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Properties addresses;

    private TestEngines(Properties addresses) {
        this.addresses = addresses;
    }

    /** The engines of this module, started now if they do not run. */
    public static TestEngines join() {
        Checkout checkout = Checkout.fromSystemProperty();
        SharedEnginesFiles files = new SharedEnginesFiles(module().resolve("target/engines"));
        try {
            return new TestEngines(files.locked(() -> {
                files.addOwner(ProcessHandle.current());
                Optional<Properties> found = files.addresses();
                return found.isPresent() ? found.get() : start(checkout, files);
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String kafkaBootstrapServers() {
        return addresses.getProperty("kafka");
    }

    /** As {@code redis://host:port}. */
    public String redisUri() {
        return addresses.getProperty("redis");
    }

    /** The JDBC URL of that database, which is there after {@link #freshDatabase}. */
    public String jdbcUrl(String database) {
        return addresses.getProperty("postgres") + database;
    }

    public String databaseUser() {
        return addresses.getProperty("postgres.user");
    }

    public String databasePassword() {
        return addresses.getProperty("postgres.password");
    }

    public String jwksUrl() {
        return addresses.getProperty("jwks");
    }

    public String issuer() {
        return addresses.getProperty("issuer");
    }

    /** The {@code aud} of every token. */
    public String audience() {
        return addresses.getProperty("audience");
    }

    /** A file with a token of scope {@code internal}. */
    public Path serviceTokenFile() {
        return Path.of(addresses.getProperty("service-token.file"));
    }

    /** Drops that database, if it is there, and makes it again. */
    public void freshDatabase(String name) {
        post("/databases", Map.of("name", name), "");
    }

    /**
     * Cassandra as {@code host:port}, started now if nobody asked for it before. Only where
     * {@link CassandraTests#canRun}.
     */
    public String cassandraContactPoint() {
        return post("/cassandra", Map.of(), "");
    }

    String token(Map<String, String> parameters, String channels) {
        return post("/tokens", parameters, channels);
    }

    String signed(String type, String claims) {
        return post("/signed", Map.of("typ", type), claims);
    }

    private String post(String path, Map<String, String> parameters, String body) {
        String query = parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(addresses.getProperty("control") + path + "?" + query))
                .POST(BodyPublishers.ofString(body))
                .timeout(START_TIMEOUT)
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Properties start(Checkout checkout, SharedEnginesFiles files)
            throws IOException, InterruptedException {
        Path log = files.directory().resolve("engines.log");
        Process process = new ProcessBuilder(
                        JavaCommand.executable().toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Ddunlin.root=" + checkout.root(),
                        "-cp",
                        checkout.enginesClassPath(),
                        "dev.dunlin.engines.testing.server.SharedEnginesMain",
                        files.directory().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<Properties> addresses = files.addresses();
            if (addresses.isPresent()) {
                return addresses.get();
            }
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the engines did not start:\n" + Files.readString(log));
            }
        }
        process.destroy();
        throw new IllegalStateException("the engines took too long:\n" + Files.readString(log));
    }

    /** The directory of the module under test: Maven names it, an IDE runs its tests there. */
    private static Path module() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }
}
