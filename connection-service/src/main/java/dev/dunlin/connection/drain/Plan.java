package dev.dunlin.connection.drain;

import java.time.Duration;

/**
 * The time-outs of a drain, which takes at most {@code jitter} + {@code linger} + 4 ×
 * {@code settle}.
 *
 * @param jitter the longest time over which clients are sent away
 * @param perSecond how many clients are sent away each second; more if {@code jitter} is too short
 *     for that
 * @param linger how long a client may leave by itself after its {@code goaway}
 * @param settle how long each later step may take: closing links, ending sessions, announcing the
 *     ends, releasing the lease
 */
public record Plan(Duration jitter, int perSecond, Duration linger, Duration settle) {
    /** The pause between batches of clients; within a batch the clients spread their reconnects. */
    static final Duration BATCH = Duration.ofMillis(200);

    public Plan {
        if (perSecond < 1) {
            throw new IllegalArgumentException("dunlin.drain.per-second must be 1 or more");
        }
        if (jitter.isNegative() || linger.isNegative() || settle.isNegative()) {
            throw new IllegalArgumentException("dunlin.drain.jitter, linger and settle must be 0 or more");
        }
    }

    /** The number of batches for that many clients; at least one. */
    int batches(int clients) {
        long wished = Math.ceilDiv(clients * 1000L, perSecond * BATCH.toMillis());
        return (int) Math.max(1, Math.min(wished, jitter.dividedBy(BATCH)));
    }
}
