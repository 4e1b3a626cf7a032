package dev.dunlin.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service token, read again when its file changes. Thread-safe; reads a small local file. */
@Singleton
final class ServiceTokenFile {
    private final Path file;
    private volatile @Nullable Loaded loaded;

    @Inject
    ServiceTokenFile(ServiceToken config) {
        this.file = config.file();
    }

    private record Loaded(FileTime modified, String token) {}

    String token() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        Loaded known = loaded;
        if (known == null || !known.modified().equals(modified)) {
            known = new Loaded(modified, Files.readString(file).strip());
            loaded = known;
        }
        return known.token();
    }

    /**
     * The time until it expires, negative afterwards; empty if the file is no JWT with {@code exp}.
     * The receivers check the signature, not this.
     */
    Optional<Duration> remaining(Instant now) {
        try {
            String[] parts = token().split("\\.", -1);
            byte[] claims = Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : "");
            JsonNode expires = Json.mapper()
                    .readTree(new String(claims, StandardCharsets.UTF_8))
                    .path("exp");
            return expires.canConvertToLong()
                    ? Optional.of(Duration.between(now, Instant.ofEpochSecond(expires.asLong())))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
