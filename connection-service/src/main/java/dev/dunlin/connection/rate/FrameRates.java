package dev.dunlin.connection.rate;

import java.time.InstantSource;

/**
 * How much one session sends: four token buckets of a second each. They share one small object,
 * which a session keeps while it is not full. On the session's loop.
 */
public final class FrameRates {
    private final FrameLimits limits;
    private final InstantSource clock;
    private float publishes;
    private float others;
    private float bytes;
    private float patience;
    private long refilledAt;

    FrameRates(FrameLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.publishes = limits.publishPerSecond();
        this.others = limits.framesPerSecond();
        this.bytes = limits.bytesPerSecond();
        this.patience = limits.framesPerSecond();
        this.refilledAt = clock.millis();
    }

    /** Takes one publish. Returns 0, or the milliseconds until there is one. */
    long publish() {
        refill();
        long waitMs = untilOne(publishes, limits.publishPerSecond());
        publishes -= waitMs == 0 ? 1 : 0;
        return waitMs;
    }

    /** Takes one of the other frames. Returns 0, or the milliseconds until there is one. */
    long other() {
        refill();
        long waitMs = untilOne(others, limits.framesPerSecond());
        others -= waitMs == 0 ? 1 : 0;
        return waitMs;
    }

    /**
     * Takes the bytes of a message. Returns 0, or the milliseconds until the next message is taken.
     * A message may use more than there is; the next ones wait for it.
     */
    long bytes(int count) {
        refill();
        long waitMs = untilOne(bytes, limits.bytesPerSecond());
        bytes = waitMs == 0 ? Math.max(-limits.bytesPerSecond(), bytes - count) : bytes;
        return waitMs;
    }

    /** Counts a refusal. Returns whether the client has sent too much after it was refused. */
    boolean abused() {
        refill();
        boolean abused = patience < 1;
        patience -= abused ? 0 : 1;
        return abused;
    }

    /** Whether the client could send as much as one that never sent anything. */
    public boolean full() {
        refill();
        return publishes >= limits.publishPerSecond()
                && others >= limits.framesPerSecond()
                && bytes >= limits.bytesPerSecond()
                && patience >= limits.framesPerSecond();
    }

    /** Whether the session was closed for abuse: what it still sends is not handled. */
    public boolean exhausted() {
        return patience == Float.NEGATIVE_INFINITY;
    }

    void exhaust() {
        patience = Float.NEGATIVE_INFINITY; // no field of its own: it is never refilled from there
    }

    private static long untilOne(float tokens, int perSecond) {
        return tokens >= 1 ? 0 : Math.max(1, (long) Math.ceil((1 - tokens) * 1000.0 / perSecond));
    }

    private void refill() {
        long now = clock.millis();
        float seconds = Math.max(0, now - refilledAt) / 1000f;
        refilledAt = now;
        publishes = filled(publishes, seconds, limits.publishPerSecond());
        others = filled(others, seconds, limits.framesPerSecond());
        bytes = filled(bytes, seconds, limits.bytesPerSecond());
        patience = filled(patience, seconds, limits.framesPerSecond());
    }

    private static float filled(float tokens, float seconds, int perSecond) {
        return Math.min(perSecond, tokens + seconds * perSecond);
    }
}
