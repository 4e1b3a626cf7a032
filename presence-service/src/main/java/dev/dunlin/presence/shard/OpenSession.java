package dev.dunlin.presence.shard;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.frame.Device;

/**
 * A session of a user on one node. A session that moves is on two nodes for a moment; each says
 * only when its own part ends.
 *
 * @param at when the node said this, in milliseconds since 1970 by its clock: when the session
 *     started, became active or became away; the time of the node's newest list if that is later
 */
public record OpenSession(SessionId session, NodeId node, boolean away, long at, Device device) {
    boolean is(SessionId other, NodeId on) {
        return session.equals(other) && node.equals(on);
    }
}
