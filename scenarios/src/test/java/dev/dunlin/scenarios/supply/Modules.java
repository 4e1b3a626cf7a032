package dev.dunlin.scenarios.supply;

import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The modules of the checkout that this build has packaged. */
final class Modules {
    static final List<String> SERVICES =
            List.of("connection-service", "message-service", "presence-service", "push-service");

    private Modules() {}

    static Path root() {
        return Checkout.fromSystemProperty().root();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
