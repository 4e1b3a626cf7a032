package dev.dunlin.connection.publish;

import java.time.InstantSource;

/** So many a second, and as many at once. On one thread only. */
public final class TokenBucket {
    private final int perSecond;
    private final InstantSource clock;
    private double tokens;
    private long refilledAt;

    public TokenBucket(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.tokens = perSecond;
        this.refilledAt = clock.millis();
    }

    /** Takes one; returns 0, or after how many milliseconds there will be one. */
    public long take() {
        long now = clock.millis();
        if (now > refilledAt) {
            tokens = Math.min(perSecond, tokens + (now - refilledAt) * perSecond / 1000.0);
        }
        refilledAt = now;
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((1 - tokens) * 1000.0 / perSecond));
    }
}
