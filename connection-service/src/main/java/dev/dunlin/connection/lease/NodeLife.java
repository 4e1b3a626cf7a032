package dev.dunlin.connection.lease;

import dev.dunlin.protocol.NodeId;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * One run of this node, from its start to the end of its process. The lease and the sessions carry
 * its id. Otherwise a node that is killed and restarts under its name before the lease expires
 * would keep the dead sessions online.
 */
public record NodeLife(NodeId id) {
    /** A run that begins now. */
    public static NodeLife begin(NodeId node, RandomGenerator random) {
        return new NodeLife(new NodeId(node + "." + HexFormat.of().toHexDigits(random.nextInt())));
    }
}
