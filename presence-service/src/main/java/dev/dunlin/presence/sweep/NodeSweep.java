package dev.dunlin.presence.sweep;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.metrics.PresenceMetrics;
import dev.dunlin.protocol.NodeId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Ends the sessions of nodes that died. Every instance of the service runs it; one is enough. */
@Singleton
public final class NodeSweep {
    private static final Logger LOG = Logger.getLogger(NodeSweep.class);
    private static final int BATCH = 500;
    /** A run processes at most this many batches of a node; the next run continues. */
    private static final int MOST_BATCHES = 40;

    private final NodeLeases leases;
    private final PresenceSettings settings;
    private final PresenceMetrics metrics;
    private final Clock clock;

    NodeSweep(NodeLeases leases, PresenceSettings settings, PresenceMetrics metrics, Clock clock) {
        this.leases = leases;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * One run. Called on a virtual thread. Throws {@link dev.dunlin.presence.PresenceUnavailable}
     * if Redis does not answer.
     */
    public void run() {
        for (NodeId node : leases.nodes()) {
            switch (leases.check(node, clock.instant(), settings.leaseMargin())) {
                case NodeLeases.NodeState.Gone(Instant since) -> sweep(node, since);
                case NodeLeases.NodeState.Forgotten() -> LOG.debugf("node %s has no lease and no sessions", node);
                case NodeLeases.NodeState.Alive(), NodeLeases.NodeState.Missing() -> {}
            }
        }
    }

    private void sweep(NodeId node, Instant since) {
        int ended = 0;
        for (int i = 0; i < MOST_BATCHES; i++) {
            NodeLeases.Swept swept = leases.sweep(node, since, BATCH);
            swept.published().forEach(metrics::changed);
            metrics.swept(swept.ended());
            ended += swept.ended();
            if (swept.found() < BATCH) {
                break;
            }
        }
        if (ended > 0) {
            LOG.infof("node %s has had no lease since %s: ended %d of its sessions", node, since, ended);
        }
    }
}
