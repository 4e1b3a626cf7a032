package dev.dunlin.connection.lease;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The sign that this node lives: presence-service takes the sessions of a node without it for gone. Any thread, never blocks. */
public interface NodeLease {
    /** Takes or renews the lease for so long; false when it was not there any more. Fails when it could not be taken. */
    CompletionStage<Boolean> renew(Duration ttl);

    /** Gives it up. */
    CompletionStage<Void> release();
}
