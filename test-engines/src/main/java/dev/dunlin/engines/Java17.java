package dev.dunlin.engines;

import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Java 17 that Cassandra needs: it runs on no newer one. It is looked for where the build looks
 * for its JDK 25.
 */
public final class Java17 {
    private Java17() {}

    /** Its {@code java}; empty if this machine has none. Blocks for some milliseconds. */
    public static Optional<Path> find(Checkout checkout) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "/bin/sh", checkout.root().resolve(".mvn/jdk17.sh").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String home = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Optional.of(Path.of(home, "bin", "java")) : Optional.empty();
    }

    static Path require(Checkout checkout) throws IOException, InterruptedException {
        return find(checkout)
                .orElseThrow(() -> new StackException(
                        "Cassandra needs a Java 17, no newer one, and there is none: install one (for example openjdk-17-jre-headless)"
                                + " or set DUNLIN_JAVA17_HOME to it; --store postgres needs none."));
    }
}
