package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Redis pub/sub channel between the services. Clients do not see it: theirs is a
 * {@link ChannelName}. Two parts, because a node keeps one for each user: the first is a constant,
 * and the second the text that the node has of the user anyway.
 *
 * @param prefix what the channel carries, one of the constants here
 * @param value the rest of the name
 */
public record BusChannel(String prefix, String value) {
    private static final String CHANNEL = "ch:";
    private static final String NODE = "node:";
    private static final String USER = "user:";
    private static final String PRESENCE = "presence:";
    private static final String CHANNEL_PRESENCE = "cp:";
    private static final List<String> PREFIXES = List.of(CHANNEL, NODE, USER, PRESENCE, CHANNEL_PRESENCE);

    /** Carries a {@link SessionsWanted}: what presence-service asks nodes for. */
    public static final BusChannel SESSIONS_WANTED = new BusChannel(PRESENCE, "wanted");

    /** A channel by its name in Redis; throws {@link IllegalArgumentException} for any other. */
    public static BusChannel named(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return new BusChannel(prefix, name.substring(prefix.length()));
            }
        }
        throw new IllegalArgumentException("not a channel of the bus: " + name);
    }

    /** Carries a {@link BusMessage}: the events and signals of a channel. */
    public static BusChannel ofChannel(ChannelName channel) {
        return new BusChannel(CHANNEL, channel.value());
    }

    /** Carries a {@link BusMessage} of kind REPLY: replies to sessions of a node. */
    public static BusChannel ofNode(NodeId node) {
        return new BusChannel(NODE, node.value());
    }

    /** Carries a {@link UserNotice}. */
    public static BusChannel ofUser(UserId user) {
        return new BusChannel(USER, user.value());
    }

    /** Carries a {@link PresenceBatch}: changes of presence in one shard. */
    public static BusChannel ofPresence(int shard) {
        return new BusChannel(PRESENCE, Integer.toString(shard));
    }

    /** Carries a {@link ChannelPart}: changes of who is in a channel. */
    public static BusChannel ofChannelPresence(ChannelName channel) {
        return new BusChannel(CHANNEL_PRESENCE, channel.value());
    }

    /** The name in Redis. */
    public String name() {
        return prefix + value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BusChannel that && prefix.equals(that.prefix) && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return 31 * prefix.hashCode() + value.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
