package dev.dunlin.presence.schedule;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.sweep.GraceSweep;
import dev.dunlin.presence.sweep.NodeSweep;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Runs the sweeps on virtual threads, each at most once at a time in this process. A sweep that
 * fails because Redis is unreachable runs again at its next time.
 */
@Singleton
final class SweepSchedule {
    private static final Logger LOG = Logger.getLogger(SweepSchedule.class);

    private final GraceSweep graces;
    private final NodeSweep nodes;

    SweepSchedule(GraceSweep graces, NodeSweep nodes) {
        this.graces = graces;
        this.nodes = nodes;
    }

    @Scheduled(
            identity = "graces",
            every = "${dunlin.presence.sweep-every}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void graces() {
        run(graces::run);
    }

    @Scheduled(
            identity = "nodes",
            every = "${dunlin.presence.check-nodes-every}",
            concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void nodes() {
        run(nodes::run);
    }

    private static void run(Runnable sweep) {
        try {
            sweep.run();
        } catch (PresenceUnavailable e) {
            LOG.debug("a sweep failed and runs again at its next time", e);
        }
    }
}
