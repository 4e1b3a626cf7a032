package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;

/** The names of Redis pub/sub channels. */
public final class BusChannels {
    private BusChannels() {}

    /** Carries a {@link BusMessage}: the events and signals of a channel. */
    public static String ofChannel(ChannelName channel) {
        return "ch:" + channel;
    }

    /** Carries a {@link BusMessage} of kind REPLY: replies to sessions of a node. */
    public static String ofNode(NodeId node) {
        return "node:" + node;
    }

    /** Carries a {@link UserNotice}. */
    public static String ofUser(UserId user) {
        return "user:" + user;
    }

    /** Carries a {@link dev.dunlin.protocol.frame.UserPresence}. */
    public static String ofPresence(UserId user) {
        return "presence:" + user;
    }
}
