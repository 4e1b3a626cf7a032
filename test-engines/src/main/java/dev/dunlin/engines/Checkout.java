package dev.dunlin.engines;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where things are in a checkout of the project.
 *
 * @param root the directory of the root {@code pom.xml}, absolute
 */
public record Checkout(Path root) {
    private static final String MODULE = "test-engines";

    public Checkout {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The checkout that the system property {@code dunlin.root} names; the working directory if it
     * is not set.
     */
    public static Checkout fromSystemProperty() {
        return new Checkout(Path.of(System.getProperty("dunlin.root", "")));
    }

    /** The class path of the engines' own processes. They have libraries that no test has. */
    public String enginesClassPath() {
        return classPath(MODULE, "protocol");
    }

    /** The class path of the Kafka broker: jars only, all those of two directories. */
    String kafkaClassPath() {
        return kafkaDirectories()
                .map(directory -> directory.resolve("*").toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The jars of {@link #kafkaClassPath}. */
    List<Path> kafkaJars() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path directory : kafkaDirectories().toList()) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
                found.forEach(jars::add);
            }
        }
        return jars;
    }

    private Stream<Path> kafkaDirectories() {
        return Stream.of(target(MODULE, "kafka"), target(MODULE, "lib"));
    }

    /** The archive of the classes that the Kafka broker loads. */
    Path kafkaArchive() {
        return target(MODULE, "kafka.jsa");
    }

    /**
     * The class path of a process of that module, as its build has left it.
     *
     * @param module whose build copies the libraries of all of them to {@code target/lib}
     * @param below the modules of this checkout that it uses
     */
    public String classPath(String module, String... below) {
        Stream<Path> classes =
                Stream.concat(Stream.of(module), Stream.of(below)).map(name -> target(name, "classes"));
        return Stream.concat(classes, Stream.of(target(module, "lib").resolve("*")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Unpacked engines; made again when missing, shared by everything that runs in this checkout.
     */
    public Path binaries() {
        return target(MODULE, "binaries");
    }

    private Path target(String module, String name) {
        return root.resolve(module).resolve("target").resolve(name);
    }
}
