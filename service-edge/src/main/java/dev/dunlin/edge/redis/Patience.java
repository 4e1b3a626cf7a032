package dev.dunlin.edge.redis;

import java.time.Duration;

/**
 * How long a connection to Redis may be silent.
 *
 * @param answer the limit for an attempt to connect, and for the answers to one batch
 * @param probe how often an open connection is probed with PING
 */
public record Patience(Duration answer, Duration probe) {
    public Patience {
        if (answer.toMillis() < 1 || probe.toMillis() < 1) {
            throw new IllegalArgumentException("answer and probe must be at least 1 ms");
        }
    }
}
