package dev.dunlin.connection.rate;

import dev.dunlin.edge.rate.TokenBucket;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** How much each user sends over all links of this node. Thread-safe. */
public final class UserRates {
    /** How often to call {@link #forgetIdle}. */
    public static final Duration SWEEP = Duration.ofSeconds(10);

    private final Limits limits;
    private final InstantSource clock;
    /** Bounded by the users who sent something within the last moments. */
    private final Map<UserId, Buckets> buckets = new ConcurrentHashMap<>();

    /**
     * The bounds of a user, each second.
     *
     * @param publishes frames that change messages
     * @param frames all other frames
     * @param bytes of all transport messages
     */
    public record Limits(int publishes, int frames, int bytes) {
        public Limits {
            atLeastOne("publish.per-user-per-second", publishes);
            atLeastOne("link.frames-per-user-per-second", frames);
            atLeastOne("link.bytes-per-user-per-second", bytes);
        }

        private static void atLeastOne(String key, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("dunlin." + key + " must be 1 or more");
            }
        }
    }

    private record Buckets(TokenBucket publishes, TokenBucket frames, TokenBucket bytes) {
        boolean full() {
            return publishes.full() && frames.full() && bytes.full();
        }
    }

    public UserRates(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Takes one publish of this user. Returns 0, or the milliseconds until there is one. */
    long publish(UserId user) {
        return take(user, of -> of.publishes().take());
    }

    /** Takes one other frame of this user. Returns 0, or the milliseconds until there is one. */
    long other(UserId user) {
        return take(user, of -> of.frames().take());
    }

    /**
     * Takes the bytes of a message of this user. Returns 0, or the milliseconds until the next
     * message is taken. A message may use more than there is; the next ones wait for it.
     */
    long bytes(UserId user, int count) {
        return take(user, of -> of.bytes().spend(count));
    }

    private long take(UserId user, ToLongFunction<Buckets> from) {
        long[] waitMs = new long[1];
        buckets.compute(user, (key, known) -> {
            Buckets of = known == null
                    ? new Buckets(
                            new TokenBucket(limits.publishes(), clock),
                            new TokenBucket(limits.frames(), clock),
                            new TokenBucket(limits.bytes(), clock))
                    : known;
            waitMs[0] = from.applyAsLong(of);
            return of;
        });
        return waitMs[0];
    }

    /** Forgets users who could send as much as one who never did. */
    public void forgetIdle() {
        for (UserId user : buckets.keySet()) {
            buckets.computeIfPresent(user, (key, of) -> of.full() ? null : of);
        }
    }

    int size() {
        return buckets.size();
    }
}
