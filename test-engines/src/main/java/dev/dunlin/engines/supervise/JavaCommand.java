package dev.dunlin.engines.supervise;

import java.nio.file.Path;
import java.util.List;

/** How the JVMs of the stack are started: many of them share one small machine. */
public final class JavaCommand {
    private JavaCommand() {}

    /** The {@code java} that runs this process. */
    public static Path executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * The executable and its options, before {@code -jar} or {@code -cp}.
     *
     * @param heap as {@code -Xmx} has it
     */
    public static List<String> small(String heap) {
        return List.of(
                executable().toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n",
                "--sun-misc-unsafe-memory-access=allow");
    }

    /**
     * Options for an archive of the classes that the process loads, which halves the time of a
     * start (JEP 350). The JVM writes it at the end of a run if there is none. An archive that is
     * older than one of the jars is removed here: the JVM would ignore it and not replace it. A
     * start never depends on the archive.
     *
     * @param jars all entries of the class path, which must be jars, or the one jar that lists them
     */
    public static List<String> archive(Path file, List<Path> jars) {
        long made = file.toFile().lastModified();
        if (jars.stream().anyMatch(jar -> jar.toFile().lastModified() >= made)) {
            file.toFile().delete();
        }
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + file,
                "-Xlog:cds=off",
                "-Xlog:aot=off",
                "-Xlog:cds+dynamic=off");
    }
}
