package dev.dunlin.message.channel;

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
 */
public record ChannelView(
        ChannelState channel,
        NamespacePolicy policy,
        @Nullable Role role,
        long read,
        long unread,
        long mentions) {
    public boolean member() {
        return role != null;
    }
}
