package dev.dunlin.edge.rate;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Holds tokens up to a burst, and refills at a steady rate. It belongs to one thread, or its owner
 * locks it; it never blocks. When the clock goes back, nothing is refilled for that time.
 */
public final class TokenBucket {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final int rate;
    private final double periodMs;
    private final int burst;
    private final InstantSource clock;
    private double tokens;
    private long refilledAtMs;

    /** The burst is what is refilled in a second. */
    public TokenBucket(int perSecond, InstantSource clock) {
        this(perSecond, perSecond, clock);
    }

    /** {@code burst}: how many tokens it holds when it is full. */
    public TokenBucket(int perSecond, int burst, InstantSource clock) {
        this(perSecond, SECOND, burst, clock);
    }

    /** Refills {@code rate} tokens in each {@code period}. */
    public TokenBucket(int rate, Duration period, int burst, InstantSource clock) {
        this.rate = rate;
        this.periodMs = period.toMillis();
        this.burst = burst;
        this.clock = clock;
        this.tokens = burst;
        this.refilledAtMs = clock.millis();
    }

    /** Takes one token. Returns 0, or the milliseconds until there is one. */
    public long take() {
        return take(1);
    }

    /**
     * Takes {@code count} tokens, or none. Returns 0, or the milliseconds until there are that
     * many. A count above the burst is never granted.
     */
    public long take(int count) {
        refill();
        if (tokens >= count) {
            tokens -= count;
            return 0;
        }
        return msUntil(count);
    }

    /**
     * Takes {@code count} tokens if there is at least one, and owes the rest: one period's rate at
     * most. Returns 0, or the milliseconds until there is one. Use it for what has already been
     * received, so that a large request is not refused forever.
     */
    public long spend(int count) {
        refill();
        if (tokens < 1) {
            return msUntil(1);
        }
        tokens = Math.max(-rate, tokens - count);
        return 0;
    }

    /** Whether the bucket is full: nothing distinguishes it from a new one. */
    public boolean full() {
        refill();
        return tokens >= burst;
    }

    private long msUntil(int count) {
        return Math.max(1, (long) Math.ceil((count - tokens) * periodMs / rate));
    }

    private void refill() {
        long nowMs = clock.millis();
        if (nowMs > refilledAtMs) {
            tokens = Math.min(burst, tokens + (nowMs - refilledAtMs) * rate / periodMs);
        }
        refilledAtMs = nowMs;
    }
}
