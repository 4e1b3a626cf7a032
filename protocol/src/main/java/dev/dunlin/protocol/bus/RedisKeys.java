package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.NodeId;

/** The Redis keys that several services use; keys of one service are in its own code. */
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
