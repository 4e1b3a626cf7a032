package dev.dunlin.connection.transport.http;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all event streams and polls of the node share. Made once at the start. Throws
 * {@link IllegalArgumentException}, which names the setting, if a value is out of range.
 *
 * @param retry how long a client waits before it reconnects
 * @param pollBytes bytes of frames in one answer to a poll; a single frame may be longer
 */
public record StreamContext(Vertx vertx, InstantSource clock, Duration retry, int pollBytes) {
    public StreamContext {
        if (retry.isNegative() || retry.toMillis() > 60_000) {
            throw new IllegalArgumentException("dunlin.streams.retry must be 0 to 60 s");
        }
        if (pollBytes < 1024) {
            throw new IllegalArgumentException("dunlin.streams.poll-bytes must be 1024 or more");
        }
    }
}
