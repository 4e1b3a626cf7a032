package dev.dunlin.client;

import java.io.IOException;

/**
 * Supplies the JWT of a client. It is called on a separate thread
 * ({@link DunlinClientBuilder#tokenExecutor}), so it may block. It is called again before a token
 * expires, and after the server refused one.
 */
@FunctionalInterface
public interface TokenSource {
    /**
     * A new token: the JWT alone, without {@code Bearer} or JSON around it. If this throws, the
     * client tries again later; if it returns something else, the client stops with an error.
     */
    String fetch() throws IOException, InterruptedException;
}
