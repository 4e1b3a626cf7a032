package dev.dunlin.push.config;

import dev.dunlin.push.delivery.webpush.VapidKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the VAPID key. A key that cannot be used stops the start with one line. */
final class VapidFile {
    private static final String ALLOWED = "a readable PEM file with a P-256 private key in PKCS #8: ";

    private VapidFile() {}

    static VapidKey read(Path file) {
        try {
            return VapidKey.ofPem(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw ConfigCheck.refuse("vapid.key-file", file, ALLOWED + e.getMessage());
        }
    }
}
