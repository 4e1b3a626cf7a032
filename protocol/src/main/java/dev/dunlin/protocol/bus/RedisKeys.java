package dev.dunlin.protocol.bus;

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
     * String, expires: the lease of a connection node. Written by the node, read by
     * presence-service.
     */
    public static String nodeLease(NodeId node) {
        return "node:" + node;
    }
}
