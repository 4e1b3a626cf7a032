package dev.dunlin.scenarios.suite;

import dev.dunlin.engines.Checkout;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.StackOptions;
import dev.dunlin.localstack.services.ServiceModule;
import java.util.stream.Stream;

/**
 * The class archives of the services, which halve the time of a start. A JVM writes its archive
 * when it ends, so a suite of one process each runs once before all others, after each build of the
 * services.
 */
final class StartArchives {
    private StartArchives() {}

    /**
     * Makes the archives that are missing or older than the service. Blocks; one caller at a time
     * does the work.
     */
    static synchronized void ensure(Checkout checkout) {
        if (Stream.of(ServiceModule.values()).allMatch(module -> isCurrent(checkout, module))) {
            return;
        }
        StackOptions options = StackOptions.onFreePorts(
                        checkout, checkout.root().resolve("scenarios/target/suite-archives"))
                .afresh()
                .withNodes(1);
        try {
            LocalStack.start(options, line -> System.out.println("[archives] " + line))
                    .close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the suite started", e);
        }
    }

    private static boolean isCurrent(Checkout checkout, ServiceModule module) {
        var archive = module.archiveFile(checkout).toFile();
        return archive.exists()
                && archive.lastModified() > module.jar(checkout).toFile().lastModified();
    }
}
