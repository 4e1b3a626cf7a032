package dev.dunlin.engines;

import java.io.File;
import java.nio.file.Path;

/**
 * Where things are in a checkout of the project.
 *
 * @param root the directory of the root {@code pom.xml}, absolute
 */
public record Checkout(Path root) {
    public Checkout {
        root = root.toAbsolutePath().normalize();
    }

    /** The checkout that the system property {@code dunlin.root} names; the working directory if it is not set. */
    public static Checkout fromSystemProperty() {
        return new Checkout(Path.of(System.getProperty("dunlin.root", "")));
    }

    /** The class path of this module's own processes: engines, gateway, launcher. */
    public String classPath() {
        return String.join(
                File.pathSeparator,
                root.resolve("local-stack/target/classes").toString(),
                root.resolve("protocol/target/classes").toString(),
                root.resolve("local-stack/target/lib").resolve("*").toString());
    }

    /** Unpacked engines; made again when missing, shared by everything that runs in this checkout. */
    public Path binaries() {
        return root.resolve("local-stack/target/binaries");
    }

    /** The {@code java} that runs this process. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
