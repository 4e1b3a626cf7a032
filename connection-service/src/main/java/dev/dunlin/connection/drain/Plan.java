package dev.dunlin.connection.drain;

import java.time.Duration;

/**
 * How a node goes: within {@code jitter} + {@code linger} + 4 × {@code settle}.
 *
 * @param jitter    over which all clients are sent away, at most
 * @param perSecond how many each second, where that fits into {@code jitter}; more where it does not
 * @param linger    how long a client may leave by itself after its {@code goaway}
 * @param settle    how long each later step may take: links to close, sessions to end, their events to be told, the lease to be given up
 */
public record Plan(Duration jitter, int perSecond, Duration linger, Duration settle) {
    /** From one batch of clients to the next; within it they spread themselves. */
    static final Duration BATCH = Duration.ofMillis(200);

    public Plan {
        if (perSecond < 1) {
            throw new IllegalArgumentException("dunlin.drain.per-second must be 1 or more");
        }
        if (jitter.isNegative() || linger.isNegative() || settle.isNegative()) {
            throw new IllegalArgumentException("dunlin.drain.jitter, linger and settle must be 0 or more");
        }
    }

    /** In how many batches so many clients go; one at least. */
    int batches(int clients) {
        long wished = Math.ceilDiv(clients * 1000L, perSecond * BATCH.toMillis());
        return (int) Math.max(1, Math.min(wished, jitter.dividedBy(BATCH)));
    }
}
