package dev.dunlin.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this checkout. */
final class Checkout {
    static final List<String> SERVICES =
            List.of("connection-service", "message-service", "presence-service", "push-service");

    private Checkout() {}

    static Path root() {
        return Path.of(System.getProperty("dunlin.root", "")).toAbsolutePath().normalize();
    }

    /** The services, and what their edges share. */
    static List<String> servicesAndEdge() {
        return Stream.concat(SERVICES.stream(), Stream.of("service-edge")).toList();
    }

    /** The text of a page of the documentation. */
    static String page(String name) {
        return read(root().resolve("docs").resolve(name));
    }

    /** The source files of a module with that ending, without its tests. */
    static List<Path> sources(String module, String ending) {
        try (Stream<Path> files = Files.walk(root().resolve(module).resolve("src/main"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
