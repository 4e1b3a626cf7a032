package dev.dunlin.connection.lease;

import java.time.Duration;
import org.jboss.logging.Logger;

/** Renews the node's lease. Any thread, never blocks. */
public final class LeaseKeeper {
    /** How often to call {@link #renew}. */
    public static final Duration RENEWAL = Duration.ofSeconds(5);

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

    private final NodeLease lease;
    private final Runnable whenLapsed;

    /**
     * @param whenLapsed called when the lease did not exist (also at the start): presence-service
     *     may have ended the sessions. Any thread
     */
    public LeaseKeeper(NodeLease lease, Runnable whenLapsed) {
        this.lease = lease;
        this.whenLapsed = whenLapsed;
    }

    /** Takes or renews the lease. */
    public void renew() {
        var unused = lease.renew(LEASE).whenComplete((held, failure) -> {
            if (failure != null) {
                LOG.warnf("The node's lease could not be renewed: %s", failure);
            } else if (!held) {
                whenLapsed.run();
            }
        });
    }
}
