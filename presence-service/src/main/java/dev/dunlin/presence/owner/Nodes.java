package dev.dunlin.presence.owner;

import dev.dunlin.protocol.NodeId;
import java.util.Collection;
import java.util.Set;

/** The connection nodes. Blocks. */
@FunctionalInterface
public interface Nodes {
    /**
     * The nodes that hold a lease, these and all that are registered. Throws
     * {@link dev.dunlin.presence.PresenceUnavailable} if that cannot be read.
     */
    Set<NodeId> alive(Collection<NodeId> these);
}
