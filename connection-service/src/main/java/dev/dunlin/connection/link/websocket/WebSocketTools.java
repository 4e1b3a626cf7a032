package dev.dunlin.connection.link.websocket;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What WebSockets work with.
 *
 * @param keptBytes   a longer message is read to its end, not kept, and answered with {@code too_large}
 * @param closedBytes a longer one closes the link with 1009
 * @param closeWithin how long a client may take to answer a close
 */
public record WebSocketTools(InstantSource clock, int keptBytes, int closedBytes, Duration closeWithin) {}
