package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.Sessions;
import dev.dunlin.localstack.build.LauncherClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The same command in another JVM.
 *
 * @param arguments of this process
 */
record Relaunch(List<String> arguments, Output out) {
    /** How the line begins that says that all is up. */
    static final String UP = "Dunlin is up: ";

    private static final String DETACH = "--detach";
    /** A system property of the new launcher. */
    private static final String BUILT = "dunlin.built";

    /** Whether this process is such a launcher: all is built, and its arguments are checked. */
    static boolean isOne() {
        return Boolean.getBoolean(BUILT);
    }

    /**
     * Waits for the end of the new launcher and answers with its exit code; for classes that have
     * just been built.
     */
    int inForeground() throws IOException, InterruptedException {
        Process launcher = new ProcessBuilder(command(arguments)).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(launcher), "end of the launcher"));
        return launcher.waitFor();
    }

    /** Leaves a launcher behind that outlives this terminal; shows what it says until all is up. */
    int inBackground(Path log) throws IOException, InterruptedException {
        Files.createDirectories(log.resolveSibling(""));
        Files.deleteIfExists(log);
        List<String> foreground =
                arguments.stream().filter(argument -> !argument.equals(DETACH)).toList();
        Process launcher = new ProcessBuilder(Sessions.own(command(foreground)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        Thread interrupted = new Thread(() -> end(launcher), "end of the launcher");
        Runtime.getRuntime().addShutdownHook(interrupted);
        LogReader lines = new LogReader(List.of(log), true);
        while (true) {
            boolean ended = launcher.waitFor(100, TimeUnit.MILLISECONDS);
            for (String line : lines.readAll()) {
                out.line(line);
                if (line.startsWith(UP)) {
                    Runtime.getRuntime().removeShutdownHook(interrupted);
                    return 0;
                }
            }
            if (ended) {
                return launcher.exitValue() == 0 ? DevCommand.FAILED : launcher.exitValue();
            }
        }
    }

    /** From the jars that were built just now, so that the JVM archives their classes. */
    private static List<String> command(List<String> arguments) throws IOException {
        Checkout checkout = Checkout.fromSystemProperty();
        List<Path> jars = LauncherClassPath.jars(checkout);
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.executable().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Ddunlin.root=" + checkout.root(),
                "-D" + BUILT + "=true"));
        command.addAll(JavaCommand.archive(checkout.root().resolve("local-stack/target/launcher.jsa"), jars));
        command.addAll(List.of(
                "-cp",
                jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                DevCommand.class.getName()));
        command.addAll(arguments);
        return command;
    }

    private static void end(Process launcher) {
        launcher.destroy();
        try {
            launcher.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
