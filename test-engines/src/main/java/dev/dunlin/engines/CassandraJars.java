package dev.dunlin.engines;

import dev.dunlin.engines.supervise.FileTree;
import dev.dunlin.engines.supervise.StackEvents;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Cassandra's jars in a directory of their own: they are on no class path of this build. */
record CassandraJars(Path directory) {
    private static final Pattern VERSION = Pattern.compile("<cassandra\\.version>(.+?)</cassandra\\.version>");

    /**
     * Has Maven fetch them if they are not there yet: some 65 MB the first time. Blocks.
     *
     * @throws StackException if that fails
     */
    static CassandraJars fetch(Checkout checkout, StackEvents events) throws IOException, InterruptedException {
        Path pom = checkout.root().resolve("test-engines/cassandra/pom.xml");
        Matcher version = VERSION.matcher(Files.readString(pom));
        if (!version.find()) {
            throw new IOException(pom + " has no cassandra.version");
        }
        Path target = checkout.binaries().resolve("cassandra-" + version.group(1));
        if (!Files.exists(target)) {
            events.say("Fetching Cassandra " + version.group(1) + " (65 MB, only this once)");
            copy(checkout, pom, target);
        }
        return new CassandraJars(target);
    }

    /** The agent by which Cassandra measures its objects. */
    Path agent() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("jamm-"))
                    .findFirst()
                    .orElseThrow(() -> new StackException("There is no jamm among the jars in " + directory
                            + ": delete that directory, it is made again"));
        }
    }

    String classPath() {
        return directory.resolve("*").toString();
    }

    // Beside its place and then moved there whole: an interrupted download leaves nothing half.
    private static void copy(Checkout checkout, Path pom, Path target) throws IOException, InterruptedException {
        Files.createDirectories(checkout.binaries());
        Path whole = Files.createTempDirectory(checkout.binaries(), "cassandra");
        Path log = target.resolveSibling(target.getFileName() + ".log");
        ProcessBuilder maven = new ProcessBuilder(
                        checkout.root().resolve("mvnw").toString(),
                        "-B",
                        "-q",
                        "-f",
                        pom.toString(),
                        "-Djars=" + whole,
                        "initialize")
                .directory(checkout.root().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (maven.start().waitFor() != 0) {
            FileTree.delete(whole);
            throw new StackException("Cassandra's jars could not be fetched: see " + log);
        }
        try {
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            FileTree.delete(whole);
            if (!Files.exists(target)) {
                throw e;
            } // else another process was first
        }
    }
}
