package dev.dunlin.connection.dispatch;

import dev.dunlin.connection.publish.TokenBucket;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much each user publishes over all links of this node. Any thread. */
public final class UserRates {
    /** How often to call {@link #forgetIdle}. */
    public static final Duration SWEEP = Duration.ofSeconds(10);

    private final int perSecond;
    private final InstantSource clock;
    /** Bounded by the users who published within the last moments. */
    private final Map<UserId, TokenBucket> buckets = new ConcurrentHashMap<>();

    /** Throws {@link IllegalArgumentException} for less than one a second. */
    public UserRates(int perSecond, InstantSource clock) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("dunlin.publish.per-user-per-second must be 1 or more");
        }
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** 0, or after how many milliseconds one more publish of this user is taken. */
    long publish(UserId user) {
        long[] waitMs = new long[1];
        buckets.compute(user, (key, known) -> {
            TokenBucket bucket = known == null ? new TokenBucket(perSecond, clock) : known;
            waitMs[0] = bucket.take();
            return bucket;
        });
        return waitMs[0];
    }

    /** Forgets users who could publish as much as one who never did. */
    public void forgetIdle() {
        for (UserId user : buckets.keySet()) {
            buckets.computeIfPresent(user, (key, bucket) -> bucket.full() ? null : bucket);
        }
    }

    int size() {
        return buckets.size();
    }
}
