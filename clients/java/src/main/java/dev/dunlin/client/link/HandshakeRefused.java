package dev.dunlin.client.link;

import java.io.IOException;
import java.time.Duration;

/** The server answered the WebSocket handshake with a status that is not 101. */
public final class HandshakeRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    public HandshakeRefused(int status, Duration retryAfter) {
        super("the server refused the connection with status " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What {@code Retry-After} said; zero if nothing. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
