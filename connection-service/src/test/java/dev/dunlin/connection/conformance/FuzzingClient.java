package dev.dunlin.connection.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Autobahn's fuzzing client: a process of its own, for Python on a JVM brings libraries that are
 * not ours.
 */
final class FuzzingClient {
    private static final Path JARS = Path.of("target", "conformance");
    private static final Path LOG = JARS.resolve("autobahn.log");
    private static final String VERDICT = "VERDICT ";

    private FuzzingClient() {}

    /**
     * What it says of a case.
     *
     * @param behavior {@code OK}, {@code NON-STRICT}, {@code INFORMATIONAL}, {@code FAILED}, …
     * @param behaviorClose the same of the end of the connection
     * @param closeCode with which the server closed
     */
    record Verdict(
            String id,
            String behavior,
            String behaviorClose,
            @Nullable Integer closeCode,
            long millis,
            String why) {
        private static final List<String> GOOD = List.of("OK", "INFORMATIONAL");

        boolean good() {
            return GOOD.contains(behavior) && GOOD.contains(behaviorClose);
        }
    }

    /** Runs cases; after {@code within} the verdicts so far are all. Blocks. */
    static List<Verdict> run(URI server, List<String> cases, Duration within) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dpython.cachedir.skip=true",
                "-cp",
                JARS.resolve("autobahntestsuite-maven-plugin.jar")
                        + File.pathSeparator
                        + JARS.resolve("jython-standalone.jar"),
                "org.python.util.jython",
                Path.of("src", "test", "resources", "fuzzing-client.py").toString(),
                server.toString()));
        command.addAll(cases);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        try {
            process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly();
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (String line : Files.readAllLines(LOG, StandardCharsets.UTF_8)) {
            if (line.startsWith(VERDICT)) {
                verdicts.add(verdict(line.substring(VERDICT.length())));
            }
        }
        return verdicts;
    }

    private static Verdict verdict(String text) throws IOException {
        try {
            JsonNode json = Json.parse(text.getBytes(StandardCharsets.UTF_8));
            return new Verdict(
                    json.path("id").asText(),
                    json.path("behavior").asText(),
                    json.path("behaviorClose").asText(),
                    json.path("remoteCloseCode").isInt()
                            ? json.path("remoteCloseCode").asInt()
                            : null,
                    json.path("duration").asLong(),
                    json.path("result").asText() + " "
                            + json.path("resultClose").asText());
        } catch (InvalidInput e) {
            throw new IOException(text, e);
        }
    }
}
