package dev.dunlin.push.delivery.vertx;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy through which endpoints are called ({@code CONNECT}, RFC 9110 section 9.3.6). Its
 * user and password are in a file, which is read again when it changes. Thread-safe; reads the
 * attributes of a small local file.
 */
public final class EgressProxy {
    private final String host;
    private final int port;
    private final Optional<Path> credentialsFile;
    private volatile @Nullable Loaded loaded;

    private record Loaded(FileTime modified, ProxyOptions options) {}

    /**
     * {@code credentialsFile}: one line, {@code user:password}. Throws
     * {@link IllegalArgumentException} if it is not, and {@link UncheckedIOException} if it cannot
     * be read.
     */
    public EgressProxy(String host, int port, Optional<Path> credentialsFile) {
        this.host = host;
        this.port = port;
        this.credentialsFile = credentialsFile;
        options();
    }

    /** How to connect now. Throws as the constructor does. */
    ProxyOptions options() {
        if (credentialsFile.isEmpty()) {
            return plain();
        }
        Path file = credentialsFile.get();
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            Loaded known = loaded;
            if (known == null || !known.modified().equals(modified)) {
                known = new Loaded(modified, with(Files.readString(file).strip()));
                loaded = known;
            }
            return known.options();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProxyOptions with(String credentials) {
        int colon = credentials.indexOf(':');
        if (colon < 1 || credentials.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not one line user:password");
        }
        return plain().setUsername(credentials.substring(0, colon)).setPassword(credentials.substring(colon + 1));
    }

    private ProxyOptions plain() {
        return new ProxyOptions().setType(ProxyType.HTTP).setHost(host).setPort(port);
    }
}
