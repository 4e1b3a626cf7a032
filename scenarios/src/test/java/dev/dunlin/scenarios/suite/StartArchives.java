package dev.dunlin.scenarios.suite;

import dev.dunlin.engines.Checkout;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.StackOptions;
import dev.dunlin.localstack.services.ServiceModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The class archives of the services, which halve the time of a start. A JVM writes its archive
 * when it ends, so one suite starts and stops before all others, after each build of the services.
 * A file remembers when that was: an archive that is still valid keeps its age and says nothing
 * about it.
 */
final class StartArchives {
    private StartArchives() {}

    /**
     * Makes the archives unless no service was built since they were made. Blocks; one caller does
     * the work.
     */
    static synchronized void ensure(Checkout checkout) {
        Path data = checkout.root().resolve("scenarios/target/suite-archives");
        Path made = checkout.root().resolve("scenarios/target/suite-archives.made");
        if (Stream.of(ServiceModule.values()).allMatch(module -> isCurrent(checkout, module, made))) {
            return;
        }
        StackOptions options = StackOptions.onFreePorts(checkout, data).afresh().withNodes(1);
        try {
            LocalStack.start(options, line -> System.out.println("[archives] " + line))
                    .close();
            Files.writeString(made, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the suite started", e);
        }
    }

    private static boolean isCurrent(Checkout checkout, ServiceModule module, Path made) {
        return Files.exists(module.archiveFile(checkout))
                && made.toFile().lastModified() > module.jar(checkout).toFile().lastModified();
    }
}
