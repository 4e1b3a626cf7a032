package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Caches the answers of message-service. Whether a channel notifies is the policy of its namespace,
 * so it is cached by namespace. An event that changes the members drops them from the cache. The
 * short lifetime covers changes that another process consumed, while it owned the partition.
 */
public final class CachedChannels implements Channels {
    private static final int MOST_NAMESPACES = 1000;

    private final Channels channels;
    private final Expiring<String, Policy> policies;
    private final Expiring<ChannelName, List<UserId>> members;

    /** Caches each answer for {@code life}, and the members of up to {@code most} channels. */
    public CachedChannels(Channels channels, int most, Duration life, Clock clock) {
        this.channels = channels;
        this.policies = new Expiring<>(MOST_NAMESPACES, life, clock);
        this.members = new Expiring<>(most, life, clock);
    }

    @Override
    public Policy policy(ChannelName channel, UserId sender) {
        return policies.find(channel.namespace()).orElseGet(() -> {
            Policy fetched = channels.policy(channel, sender);
            if (fetched != Policy.GONE) {
                policies.put(channel.namespace(), fetched);
            }
            return fetched;
        });
    }

    @Override
    public boolean knownSilent(ChannelName channel) {
        return policies.find(channel.namespace())
                .filter(policy -> policy == Policy.SILENT)
                .isPresent();
    }

    @Override
    public List<UserId> members(ChannelName channel) {
        return members.find(channel).orElseGet(() -> {
            List<UserId> fetched = channels.members(channel);
            members.put(channel, fetched);
            return fetched;
        });
    }

    @Override
    public void membersChanged(ChannelName channel) {
        members.remove(channel);
        channels.membersChanged(channel);
    }

    @Override
    public OptionalLong unread(ChannelName channel, UserId user) {
        return channels.unread(channel, user);
    }
}
