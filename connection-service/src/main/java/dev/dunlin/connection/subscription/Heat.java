package dev.dunlin.connection.subscription;

import java.time.Duration;

/**
 * Says whether a channel is hot, which means that to wait for its next event saves enough system
 * calls. Two things make it so. The next event must be likely to come within the window, or waiting
 * gathers nothing. And the deliveries must cost a real part of a core, or there is nothing to save.
 * Both are counted over the last full {@link #PERIOD}. Belongs to one channel; on the hub loop.
 */
final class Heat {
    /** Long enough to see a rate. A channel without an event for this time is quiet again. */
    static final Duration PERIOD = Duration.ofMillis(100);
    /** Deliveries in a period: at 10 µs each they take a fifth of a core. */
    static final int HOT_DELIVERIES = 2_000;

    private final int hotEvents;
    private long began;
    private long latest;
    private int events;
    private int before;

    /** {@code window}: how long an event may wait; positive. */
    Heat(Duration window, long nowNanos) {
        this.hotEvents = (int) Math.max(2, Math.ceilDiv(PERIOD.toNanos(), window.toNanos()));
        this.began = nowNanos;
        this.latest = nowNanos;
    }

    /** Counts an event for a number of subscribers. Returns whether the channel is hot. */
    boolean event(long nowNanos, int subscribers) {
        if (nowNanos - latest >= PERIOD.toNanos()) {
            restart(nowNanos, 0);
        } else if (nowNanos - began >= PERIOD.toNanos()) {
            restart(nowNanos, events);
        }
        latest = nowNanos;
        events++;
        return before >= hotEvents && (long) before * subscribers >= HOT_DELIVERIES;
    }

    private void restart(long nowNanos, int counted) {
        before = counted;
        events = 0;
        began = nowNanos;
    }
}
