package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.NodeId;

/** The Redis keys that more than one service knows; a service's own keys stand in its own code. */
public final class RedisKeys {
    private RedisKeys() {}

    /**
     * String, expires: the lease of a connection node. Written by the node, read by
     * presence-service.
     */
    public static String nodeLease(NodeId node) {
        return "node:" + node;
    }
}
