package dev.dunlin.connection.transport.websocket;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all WebSockets of the node share. Made once at the start, so that a link keeps one
 * reference.
 *
 * @param wire encodes outgoing frames
 * @param turns flushes them at the end of a turn of the event loop
 * @param keptBytes a longer message is read to its end, dropped, and answered {@code too_large}
 * @param closedBytes a longer one closes the link with 1009
 * @param closeWithin how long a client may take to answer a close
 */
public record WebSocketContext(
        InstantSource clock, WireFrames wire, Turns turns, int keptBytes, int closedBytes, Duration closeWithin) {
    /** Fragments of a message before its last one. */
    static final int MOST_FRAGMENTS = 1023;

    public WebSocketContext(
            InstantSource clock, int keptBytes, int closedBytes, Duration closeWithin, ConnectionMetrics metrics) {
        this(clock, new WireFrames(), new Turns(metrics), keptBytes, closedBytes, closeWithin);
    }
}
