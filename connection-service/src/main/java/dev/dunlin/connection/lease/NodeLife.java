package dev.dunlin.connection.lease;

import dev.dunlin.protocol.NodeId;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * One life of this node, from a start to the end of its process: what its lease and its sessions are known by. A node that is killed and comes back under its name
 * before the lease has run out would else keep the dead sessions online.
 */
public record NodeLife(NodeId id) {
    /** A life that begins now. */
    public static NodeLife begin(NodeId node, RandomGenerator random) {
        return new NodeLife(new NodeId(node + "." + HexFormat.of().toHexDigits(random.nextInt())));
    }
}
