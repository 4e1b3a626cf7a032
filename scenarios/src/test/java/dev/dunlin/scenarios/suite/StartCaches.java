package dev.dunlin.scenarios.suite;

import dev.dunlin.engines.Checkout;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.StackOptions;
import dev.dunlin.localstack.services.StartCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The start caches of the services, which halve the CPU time of a start. One suite starts and stops
 * before all others, after each build of the services. Nothing is made for native binaries.
 */
final class StartCaches {
    private StartCaches() {}

    /**
     * Makes the caches unless those of the last build are there. Blocks; one caller does the work.
     */
    static synchronized void ensure(Checkout checkout) {
        if (Boolean.getBoolean("scenarios.native") || StartCache.areCurrent(checkout)) {
            return;
        }
        Path data = checkout.root().resolve("scenarios/target/suite-start-caches");
        StackOptions options =
                StackOptions.onFreePorts(checkout, data).afresh().withNodes(1).recordingStarts();
        try {
            LocalStack.start(options, line -> System.out.println("[start caches] " + line))
                    .close();
            for (StartCache cache : StartCache.recorded(checkout)) {
                cache.make();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the suite started", e);
        }
    }
}
