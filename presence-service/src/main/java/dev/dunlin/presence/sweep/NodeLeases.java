package dev.dunlin.presence.sweep;

import dev.dunlin.protocol.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The connection nodes by their leases. Called on virtual threads; safe to use from several threads and processes at once. */
public interface NodeLeases {
    /** The nodes that have sessions; throws {@link dev.dunlin.presence.PresenceUnavailable} if that is not known now. */
    List<NodeId> nodes();

    /**
     * Looks at a node's lease, and remembers since when it is missed.
     *
     * @param margin how long it must be missed for the node to be gone
     */
    NodeState check(NodeId node, Instant now, Duration margin);

    /**
     * Ends sessions of a node that is gone, unless it has a lease again.
     *
     * @param ended when they ended
     * @param limit how many at most
     */
    Swept sweep(NodeId node, Instant ended, int limit);

    /** Sessions found, and those that this call ended. {@code found} is 0 when none are left. */
    record Swept(int found, int ended, List<dev.dunlin.protocol.frame.Status> published) {}

    /** How a node stands. */
    sealed interface NodeState {
        /** It has a lease. */
        record Alive() implements NodeState {}

        /** It has none, but not for long. */
        record Missing() implements NodeState {}

        /** It has none and no sessions. */
        record Forgotten() implements NodeState {}

        /** It has none for longer than the margin, and has sessions. */
        record Gone(Instant since) implements NodeState {}
    }
}
