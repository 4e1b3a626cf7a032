package dev.dunlin.connection.lease;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The sign that this node lives: presence-service takes the sessions of a node without it for gone. Any thread, never blocks. */
public interface NodeLease {
    /** Takes or renews the lease for so long; fails when it could not. */
    CompletionStage<Void> renew(Duration ttl);

    /** Gives it up. */
    CompletionStage<Void> release();
}
