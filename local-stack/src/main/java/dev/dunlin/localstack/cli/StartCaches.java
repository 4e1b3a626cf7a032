package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.Sessions;
import dev.dunlin.localstack.build.LauncherClassPath;
import dev.dunlin.localstack.services.StartCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that makes the start caches that a run has recorded, one after the other, and ends. It
 * starts when the suite is down, because the JVMs write their recordings when they end. It outlives
 * the launcher by some seconds, so that nobody waits for it. If it fails, the next start is slower
 * and records again.
 */
final class StartCaches {
    private StartCaches() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        for (StartCache cache : StartCache.recorded(Checkout.fromSystemProperty())) {
            cache.make();
        }
    }

    /** Starts the process if there is something to make. */
    static void makeInBackground(Output out) {
        Checkout checkout = Checkout.fromSystemProperty();
        if (StartCache.recorded(checkout).isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder(Sessions.own(List.of(
                            JavaCommand.executable().toString(),
                            "-Xmx32m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Ddunlin.root=" + checkout.root(),
                            "-cp",
                            LauncherClassPath.of(checkout),
                            StartCaches.class.getName())))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            out.line("The next start is slower: its cache cannot be made: " + e.getMessage());
        }
    }
}
