package dev.dunlin.connection.lease;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The lease that proves that this node is alive. Presence-service ends the sessions of a node
 * without one. Any thread, never blocks.
 */
public interface NodeLease {
    /**
     * Takes the lease or renews it for {@code ttl}. Completes with false if it did not exist; fails
     * if it could not be taken.
     */
    CompletionStage<Boolean> renew(Duration ttl);

    /** Releases the lease. */
    CompletionStage<Void> release();
}
