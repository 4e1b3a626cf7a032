package dev.dunlin.push.world;

import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.TestEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged push-service as a process of its own, on the shared engines. */
public final class PackagedService implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:([0-9]+)");

    private final Process process;
    private final Path log;

    private PackagedService(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one and does not wait for it. */
    public static PackagedService start(String database, Peers peers, Map<String, String> settings) {
        TestEngines engines = TestEngines.join();
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", engines.kafkaBootstrapServers(),
                "mp.jwt.verify.publickey.location", engines.jwksUrl(),
                "mp.jwt.verify.issuer", engines.issuer(),
                "dunlin.service-token.file", engines.serviceTokenFile().toString(),
                "quarkus.datasource.jdbc.url", engines.jdbcUrl(database),
                "quarkus.datasource.username", engines.databaseUser(),
                "quarkus.datasource.password", engines.databasePassword(),
                "quarkus.rest-client.message-service.url", peers.url(),
                "quarkus.rest-client.presence-service.url", peers.url(),
                "quarkus.http.port", "0"));
        all.put("mp.jwt.verify.audiences", engines.audience());
        all.put("quarkus.management.port", "0");
        all.putAll(settings);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        try {
            Path log = Files.createTempFile("push-service", ".log");
            return new PackagedService(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it serves. */
    public int port() {
        await().atMost(START).until(() -> !process.isAlive() || listening().find());
        Matcher listening = listening();
        if (!listening.find()) {
            throw new IllegalStateException("the service did not start:\n" + log());
        }
        return Integer.parseInt(listening.group(1));
    }

    /** Waits until it ends by itself. */
    public int exitCode() {
        await().atMost(START).until(() -> !process.isAlive());
        return process.exitValue();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Matcher listening() {
        return LISTENING.matcher(log());
    }

    /** Ends it as a crash does. */
    @Override
    public void close() {
        process.destroyForcibly();
        await().atMost(START).until(() -> !process.isAlive());
    }
}
