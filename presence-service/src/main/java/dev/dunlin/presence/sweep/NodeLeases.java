package dev.dunlin.presence.sweep;

import dev.dunlin.protocol.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The connection nodes and their leases. Called on virtual threads; safe for several threads and
 * processes at once.
 */
public interface NodeLeases {
    /**
     * The nodes that have sessions. Throws {@link dev.dunlin.presence.PresenceUnavailable} if Redis
     * does not answer.
     */
    List<NodeId> nodes();

    /**
     * Checks the lease of a node, and remembers since when it has been missing.
     *
     * @param margin how long it must be missing before the node counts as dead
     */
    NodeState check(NodeId node, Instant now, Duration margin);

    /**
     * Ends sessions of a dead node, unless it holds a lease again.
     *
     * @param ended when the sessions ended
     * @param limit the most sessions to end
     */
    Swept sweep(NodeId node, Instant ended, int limit);

    /** Sessions found, and sessions that this call ended. {@code found} is 0 when none are left. */
    record Swept(int found, int ended, List<dev.dunlin.protocol.frame.Status> published) {}

    /** The state of a node. */
    sealed interface NodeState {
        /** It holds a lease. */
        record Alive() implements NodeState {}

        /** It holds no lease, for less than the margin. */
        record Missing() implements NodeState {}

        /** It holds no lease and has no sessions. */
        record Forgotten() implements NodeState {}

        /** It has held no lease for longer than the margin, and has sessions. */
        record Gone(Instant since) implements NodeState {}
    }
}
