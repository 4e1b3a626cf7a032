package dev.dunlin.localstack.services;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.build.NativeBinary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The modules that are services of their own. The name is the directory's. */
public enum ServiceModule {
    MESSAGE("message-service"),
    PRESENCE("presence-service"),
    PUSH("push-service"),
    CONNECTION("connection-service");

    /** The largest heap of a service's JVM, as {@code -Xmx} has it. */
    static final String HEAP = "192m";

    private final String directory;

    ServiceModule(String directory) {
        this.directory = directory;
    }

    /** The directory in the checkout; also the service's role. */
    public String directory() {
        return directory;
    }

    /** The packaged application. */
    public Path jar(Checkout checkout) {
        return checkout.root().resolve(directory).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /**
     * The command that runs it.
     *
     * @param records whether this process records its start, if there is no {@link StartCache} of
     *     this build
     * @throws StackException if a native binary is wanted and not there, or is older than its
     *     sources
     */
    public List<String> command(Checkout checkout, boolean nativeImage, boolean records) {
        if (nativeImage) {
            List<String> command = new ArrayList<>(List.of(
                    NativeBinary.of(checkout, directory).toString(), "-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
            if (this != MESSAGE) {
                // Keeps an idle process small. message-service would copy what is in flight at each
                // collection.
                command.add("-Xmn8m");
            }
            return command;
        }
        StartCache cache = StartCache.of(checkout, this);
        List<String> command = new ArrayList<>(JavaCommand.small(HEAP));
        command.addAll(records ? cache.optionsOrRecord() : cache.options());
        command.addAll(List.of("-jar", jar(checkout).toString()));
        return command;
    }
}
