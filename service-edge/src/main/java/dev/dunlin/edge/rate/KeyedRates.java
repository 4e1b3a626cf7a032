package dev.dunlin.edge.rate;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket for each key, for at most {@code mostKeys} keys. Every ten seconds it drops the
 * keys whose bucket is full again. While there are {@code mostKeys}, all further keys share one
 * bucket. Thread-safe; the thread that drops keys visits all of them.
 */
public final class KeyedRates<K> {
    private static final long SWEEP_MILLIS = Duration.ofSeconds(10).toMillis();

    private final int perSecond;
    private final int burst;
    private final int mostKeys;
    private final InstantSource clock;
    private final Map<K, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final TokenBucket shared;
    private final AtomicLong nextSweepMs;

    /**
     * Throws {@link IllegalArgumentException} if a bound is below 1, or the burst below the rate.
     */
    public KeyedRates(int perSecond, int burst, int mostKeys, InstantSource clock) {
        if (perSecond < 1 || burst < perSecond || mostKeys < 1) {
            throw new IllegalArgumentException("a rate must be 1 or more, and its burst not less than the rate");
        }
        this.perSecond = perSecond;
        this.burst = burst;
        this.mostKeys = mostKeys;
        this.clock = clock;
        this.shared = new TokenBucket(perSecond, burst, clock);
        this.nextSweepMs = new AtomicLong(clock.millis() + SWEEP_MILLIS);
    }

    /** Takes one token of the key. Returns 0, or the milliseconds until there is one. */
    public long take(K key) {
        sweepIfDue();
        if (buckets.size() >= mostKeys && !buckets.containsKey(key)) {
            synchronized (shared) {
                return shared.take();
            }
        }
        long[] waitMs = new long[1];
        buckets.compute(key, (same, known) -> {
            TokenBucket bucket = known == null ? new TokenBucket(perSecond, burst, clock) : known;
            waitMs[0] = bucket.take();
            return bucket;
        });
        return waitMs[0];
    }

    /** How many keys are known now. */
    public int size() {
        return buckets.size();
    }

    private void sweepIfDue() {
        long nowMs = clock.millis();
        long dueMs = nextSweepMs.get();
        if (nowMs >= dueMs && nextSweepMs.compareAndSet(dueMs, nowMs + SWEEP_MILLIS)) {
            for (K key : buckets.keySet()) {
                buckets.computeIfPresent(key, (same, bucket) -> bucket.full() ? null : bucket);
            }
        }
    }
}
