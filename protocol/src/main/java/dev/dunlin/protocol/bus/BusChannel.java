package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;

/**
 * A Redis pub/sub channel between the services. Clients do not see it: theirs is a
 * {@link ChannelName}.
 */
public record BusChannel(String name) {
    /** Carries a {@link BusMessage}: the events and signals of a channel. */
    public static BusChannel ofChannel(ChannelName channel) {
        return new BusChannel("ch:" + channel);
    }

    /** Carries a {@link BusMessage} of kind REPLY: replies to sessions of a node. */
    public static BusChannel ofNode(NodeId node) {
        return new BusChannel("node:" + node);
    }

    /** Carries a {@link UserNotice}. */
    public static BusChannel ofUser(UserId user) {
        return new BusChannel("user:" + user);
    }

    /** Carries a {@link dev.dunlin.protocol.frame.UserPresence}. */
    public static BusChannel ofPresence(UserId user) {
        return new BusChannel("presence:" + user);
    }

    @Override
    public String toString() {
        return name;
    }
}
