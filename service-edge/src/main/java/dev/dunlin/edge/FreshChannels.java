package dev.dunlin.edge;

import dev.dunlin.edge.rate.TokenBucket;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds how many channels a user may create by writing to them. A write takes from the user's
 * token bucket, unless this process has recently seen a write to that channel. That bounds
 * creations without a query to the store. One for a process; thread-safe; does not block.
 */
public final class FreshChannels {
    private static final int MOST_CHANNELS = 50_000;
    private static final int MOST_USERS = 50_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int perMinute;
    private final InstantSource clock;
    private final Runnable refused;
    private final Map<ChannelName, Boolean> known = new Latest<>(MOST_CHANNELS);
    private final Map<UserId, TokenBucket> users = new Latest<>(MOST_USERS);

    /**
     * Allows {@code perMinute} channels at once, and then as many a minute. Calls {@code refused}
     * for each refusal. Throws {@link IllegalArgumentException} if {@code perMinute} is below one.
     */
    public FreshChannels(int perMinute, InstantSource clock, Runnable refused) {
        if (perMinute < 1) {
            throw new IllegalArgumentException("dunlin.limits.fresh-channels-per-minute must be 1 or more");
        }
        this.perMinute = perMinute;
        this.clock = clock;
        this.refused = refused;
    }

    /**
     * Call this before the user writes to the channel. Answers {@code rate_limited}, with the time
     * to wait, if the user has begun with too many channels.
     */
    public Optional<Refusal> take(UserId user, ChannelName channel) {
        long waitMs = waitMs(user, channel);
        if (waitMs == 0) {
            return Optional.empty();
        }
        refused.run();
        return Optional.of(new Refusal(
                ErrorCode.RATE_LIMITED,
                "you may begin to write to " + perMinute + " channels a minute",
                Duration.ofMillis(waitMs)));
    }

    private synchronized long waitMs(UserId user, ChannelName channel) {
        if (known.get(channel) != null) {
            return 0;
        }
        long waitMs = users.computeIfAbsent(user, first -> new TokenBucket(perMinute, MINUTE, perMinute, clock))
                .take();
        if (waitMs == 0) {
            known.put(channel, true);
        }
        return waitMs;
    }

    /** Drops the least recently used entry when there are more than {@code most}. */
    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Latest(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
