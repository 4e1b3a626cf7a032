package dev.dunlin.localstack.services;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The AOT cache of one service (JEP 483): its classes, loaded and linked, which halves the CPU time
 * of a start. One run records what it loads and writes that when it ends. {@link #make()} makes the
 * cache of the recording. Both belong to one build of the service and to one JDK. A start never
 * depends on them: the JVM ignores a cache that does not fit.
 *
 * @param jar the packaged application
 * @param file where the cache is, once it is made
 */
public record StartCache(Path jar, Path file) {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** A cache that does not fit costs time only. */
    private static final List<String> QUIET = List.of("-Xlog:aot=off", "-Xlog:cds=off");

    static StartCache of(Checkout checkout, ServiceModule module) {
        Path target = checkout.root().resolve(module.directory()).resolve("target");
        return new StartCache(
                module.jar(checkout), target.resolve(module.directory() + "-" + Runtime.version() + ".aot"));
    }

    /** The caches that can be made: those that are missing or old, and have a recording. */
    public static List<StartCache> recorded(Checkout checkout) {
        return Stream.of(ServiceModule.values())
                .map(module -> of(checkout, module))
                .filter(cache -> !cache.isCurrent() && cache.isNewerThanJar(cache.recording()))
                .toList();
    }

    /** Whether every service has a cache of its last build. */
    public static boolean areCurrent(Checkout checkout) {
        return Stream.of(ServiceModule.values())
                .allMatch(module -> of(checkout, module).isCurrent());
    }

    /** Options for a start with the cache, none if there is no cache of this build. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        if (isCurrent()) {
            options.add("-XX:AOTCache=" + file);
            options.addAll(QUIET);
        }
        return options;
    }

    /** The same; without a cache, the run records. One process at a time may record. */
    List<String> optionsOrRecord() {
        List<String> options = new ArrayList<>(options());
        if (options.isEmpty()) {
            options.add("-XX:AOTMode=record");
            options.add("-XX:AOTConfiguration=" + recording());
            options.addAll(QUIET);
        }
        return options;
    }

    /**
     * Makes the cache of the recording and removes the recording, also when the JVM cannot read it.
     * Blocks for some seconds.
     *
     * @return whether the cache is there
     */
    public boolean make() throws IOException, InterruptedException {
        Path made = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        List<String> command = new ArrayList<>(JavaCommand.small(ServiceModule.HEAP));
        command.addAll(List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + recording(),
                "-XX:AOTCache=" + made,
                "-jar",
                jar.toString()));
        Process create = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!create.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || create.exitValue() != 0) {
                return false;
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            create.destroyForcibly();
            Files.deleteIfExists(made);
            Files.deleteIfExists(recording());
        }
    }

    private Path recording() {
        return file.resolveSibling(file.getFileName() + "conf");
    }

    private boolean isCurrent() {
        return isNewerThanJar(file);
    }

    private boolean isNewerThanJar(Path made) {
        return made.toFile().lastModified() > jar.toFile().lastModified();
    }
}
