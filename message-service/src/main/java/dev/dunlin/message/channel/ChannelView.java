package dev.dunlin.message.channel;

import dev.dunlin.message.channel.ChannelDirectory.Entry;
import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.kafka.Role;
import org.jspecify.annotations.Nullable;

/**
 * A channel as one user sees it.
 *
 * @param role null if the user is no member
 * @param read the user's read mark, 0 if there is none
 * @param unread how many events the user has not read, its own not counted
 * @param mentions how many of them mention the user
 * @param from the oldest seq that the user may see; above 1 only where the namespace hides what
 *     came before it joined
 * @param blocked whether one of the two of a direct channel blocks the other
 */
public record ChannelView(
        ChannelState channel,
        NamespacePolicy policy,
        @Nullable Role role,
        long read,
        long unread,
        long mentions,
        long from,
        boolean blocked) {
    static ChannelView of(NamespacePolicy policy, Entry entry, boolean granted) {
        Standing standing = entry.standing();
        return new ChannelView(
                standing.channel(),
                policy,
                standing.role(),
                standing.read(),
                entry.unread(),
                entry.mentions(),
                granted ? 1 : policy.from(standing.joined()),
                standing.blocked());
    }

    public boolean member() {
        return role != null;
    }
}
