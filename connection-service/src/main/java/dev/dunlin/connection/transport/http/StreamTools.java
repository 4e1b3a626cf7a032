package dev.dunlin.connection.transport.http;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What streams work with.
 *
 * @param retry     after how long a client comes back that lost its stream
 * @param pollBytes bytes of frames in one answer to a poll; a single frame may be longer
 */
public record StreamTools(Vertx vertx, InstantSource clock, Duration retry, int pollBytes) {
    public StreamTools {
        if (retry.isNegative() || retry.toMillis() > 60_000) {
            throw new IllegalArgumentException("dunlin.streams.retry must be 0 to 60 s");
        }
        if (pollBytes < 1024) {
            throw new IllegalArgumentException("dunlin.streams.poll-bytes must be 1024 or more");
        }
    }
}
