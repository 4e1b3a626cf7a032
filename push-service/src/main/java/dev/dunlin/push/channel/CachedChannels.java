package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.preference.Notify;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Caches what namespaces say. Whether a channel notifies is the policy of its namespace, so it is
 * cached by namespace.
 */
public final class CachedChannels implements Channels {
    private static final int MOST_NAMESPACES = 1000;

    private final Channels channels;
    private final Expiring<String, Notify> policies;

    /** Caches each policy for {@code life}. */
    public CachedChannels(Channels channels, Duration life, Clock clock) {
        this.channels = channels;
        this.policies = new Expiring<>(MOST_NAMESPACES, life, clock);
    }

    @Override
    public Optional<Notify> policy(ChannelName channel, UserId sender) {
        return policies.find(channel.namespace()).or(() -> {
            Optional<Notify> fetched = channels.policy(channel, sender);
            fetched.ifPresent(policy -> policies.put(channel.namespace(), policy));
            return fetched;
        });
    }

    @Override
    public boolean knownSilent(ChannelName channel) {
        return policies.find(channel.namespace())
                .filter(policy -> policy == Notify.NONE)
                .isPresent();
    }

    @Override
    public void eachPage(ChannelName channel, Consumer<List<UserId>> page) {
        channels.eachPage(channel, page);
    }

    @Override
    public Map<ChannelName, Long> ofUser(UserId user) {
        return channels.ofUser(user);
    }
}
