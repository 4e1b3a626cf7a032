package dev.dunlin.edge.rate;

import java.time.InstantSource;

/** A number a second, and a number at once. On one thread only. */
public final class TokenBucket {
    private final int perSecond;
    private final int burst;
    private final InstantSource clock;
    private double tokens;
    private long refilledAt;

    /** With a second's number at once. */
    public TokenBucket(int perSecond, InstantSource clock) {
        this(perSecond, perSecond, clock);
    }

    /** {@code burst}: what is there at once after a pause. */
    public TokenBucket(int perSecond, int burst, InstantSource clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
        this.tokens = burst;
        this.refilledAt = clock.millis();
    }

    /** Takes one; returns 0, or after how many milliseconds there will be one. */
    public long take() {
        return take(1);
    }

    /** Takes so many, or none; returns 0, or after how many milliseconds there will be so many. More than the burst never will be. */
    public long take(int count) {
        refill();
        if (tokens >= count) {
            tokens -= count;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((count - tokens) * 1000.0 / perSecond));
    }

    /**
     * Takes so many if there is one at least; what is missing is owed, a second's at most. Returns 0, or after how many milliseconds there will be one again. For what came
     * already, so that a large one is not refused for ever.
     */
    public long spend(int count) {
        refill();
        if (tokens < 1) {
            return Math.max(1, (long) Math.ceil((1 - tokens) * 1000.0 / perSecond));
        }
        tokens = Math.max(-perSecond, tokens - count);
        return 0;
    }

    /** Whether it is as if nothing had ever been taken. */
    public boolean full() {
        refill();
        return tokens >= burst;
    }

    private void refill() {
        long now = clock.millis();
        if (now > refilledAt) {
            tokens = Math.min(burst, tokens + (now - refilledAt) * perSecond / 1000.0);
        }
        refilledAt = now;
    }
}
