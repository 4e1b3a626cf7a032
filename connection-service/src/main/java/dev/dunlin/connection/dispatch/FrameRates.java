package dev.dunlin.connection.dispatch;

import java.time.InstantSource;

/**
 * How much one session sends: four token buckets of a second each, in one small object, because every link that subscribes has it for its life. On the session's loop only.
 */
final class FrameRates {
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

    /** 0, or after how many milliseconds one more publish is taken. */
    long publish() {
        refill();
        long waitMs = untilOne(publishes, limits.publishPerSecond());
        publishes -= waitMs == 0 ? 1 : 0;
        return waitMs;
    }

    /** 0, or after how many milliseconds one more of the other frames is taken. */
    long other() {
        refill();
        long waitMs = untilOne(others, limits.framesPerSecond());
        others -= waitMs == 0 ? 1 : 0;
        return waitMs;
    }

    /** 0, or after how many milliseconds the next message is taken; a message may use more than there is, and the next ones wait for it. */
    long bytes(int count) {
        refill();
        long waitMs = untilOne(bytes, limits.bytesPerSecond());
        bytes = waitMs == 0 ? Math.max(-limits.bytesPerSecond(), bytes - count) : bytes;
        return waitMs;
    }

    /** Whether a client that is refused goes on as if it were not. */
    boolean abused() {
        refill();
        boolean abused = patience < 1;
        patience -= abused ? 0 : 1;
        return abused;
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
