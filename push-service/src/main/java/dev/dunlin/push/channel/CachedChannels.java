package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Remembers what message-service said. Whether a channel notifies is its namespace's policy, so it is remembered by namespace. Members are forgotten when an event says that
 * they changed; the short life covers what this process does not see, its partitions having been another's in between.
 */
public final class CachedChannels implements Channels {
    private static final int MOST_NAMESPACES = 1000;

    private final Channels channels;
    private final Expiring<String, Policy> policies;
    private final Expiring<ChannelName, List<UserId>> members;

    /** Remembers for {@code life}, the members of {@code most} channels. */
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
