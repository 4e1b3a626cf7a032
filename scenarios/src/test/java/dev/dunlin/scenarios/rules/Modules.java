package dev.dunlin.scenarios.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules of the checkout that this build has compiled. */
final class Modules {
    static final List<String> SERVICES =
            List.of("connection-service", "message-service", "presence-service", "push-service");
    private static final List<String> ALL = Stream.concat(
                    SERVICES.stream(),
                    Stream.of(
                            "protocol",
                            "service-edge",
                            "test-engines",
                            "local-stack",
                            "clients/java",
                            "examples/terminal-chat",
                            "examples/ticker-feed",
                            "checker"))
            .toList();

    private Modules() {}

    /** The classes of all modules, without tests. */
    static JavaClasses all() {
        return importing(ALL);
    }

    /** The classes of one module. */
    static JavaClasses of(String module) {
        return importing(List.of(module));
    }

    /** The root package of a service. */
    static String packageOf(String service) {
        return "dev.dunlin." + service.replace("-service", "");
    }

    /** A page of the documentation, flat. */
    static String page(String name) {
        return read(root().resolve("docs").resolve(name));
    }

    /** The text of every source file with that ending of the services, by path. */
    static List<Path> sources(String module, String ending) {
        Path main = root().resolve(module).resolve("src/main");
        if (!Files.isDirectory(main)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(main)) {
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

    static Path root() {
        return Checkout.fromSystemProperty().root();
    }

    private static JavaClasses importing(List<String> modules) {
        List<Path> classes = modules.stream()
                .map(module -> root().resolve(module).resolve("target/classes"))
                .toList();
        String missing = classes.stream()
                .filter(directory -> !Files.isDirectory(directory))
                .map(Path::toString)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("not compiled: " + missing + " (run ./mvnw verify -pl scenarios -am)");
        }
        return new ClassFileImporter().importPaths(classes);
    }
}
