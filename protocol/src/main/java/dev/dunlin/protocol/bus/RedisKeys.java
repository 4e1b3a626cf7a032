package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;

/** The Redis keys that several services use; keys of one service are in its own code. */
public final class RedisKeys {
    /**
     * Sorted set, node -> when it renewed its lease last, in milliseconds since 1970 by its clock.
     * It finds the nodes; whether one is alive its lease says. Written by the nodes, read and
     * trimmed by presence-service.
     */
    public static final String NODES = "nodes";

    private RedisKeys() {}

    /**
     * Hash, expires: who is in a channel, the run of a node -> {@link PartHead}. Written by the
     * nodes, each its own field, read by them and by presence-service. A field of a run without a
     * lease does not count, and whoever finds one may delete it with its part.
     */
    public static String channelParts(ChannelName channel) {
        return "cp:{" + channel + "}:parts";
    }

    /**
     * Hash, expires: the users who are in a channel with links of one run of a node, user ->
     * {@link PartUser} (JSON). In the slot of {@link #channelParts}. Missing where only a count is
     * kept.
     */
    public static String channelPart(ChannelName channel, NodeId life) {
        return "cp:{" + channel + "}:part:" + life;
    }

    /**
     * String, expires: the lease of a connection node. Written by the node, read by
     * presence-service.
     */
    public static String nodeLease(NodeId node) {
        return "node:" + node;
    }
}
