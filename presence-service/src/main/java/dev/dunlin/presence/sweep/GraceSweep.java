package dev.dunlin.presence.sweep;

import dev.dunlin.presence.metrics.PresenceMetrics;
import dev.dunlin.protocol.frame.Status;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Makes users offline whose grace is over. Every instance of the service runs it; one is enough.
 */
@Singleton
public final class GraceSweep {
    private static final int BATCH = 500;
    /** A run processes at most this many batches; the next run continues. */
    private static final int MOST_BATCHES = 20;

    private final GraceLedger ledger;
    private final PresenceMetrics metrics;
    private final Clock clock;

    GraceSweep(GraceLedger ledger, PresenceMetrics metrics, Clock clock) {
        this.ledger = ledger;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * One run. Called on a virtual thread. Throws {@link dev.dunlin.presence.PresenceUnavailable}
     * if Redis does not answer.
     */
    public void run() {
        for (int i = 0; i < MOST_BATCHES; i++) {
            GraceLedger.Outcome outcome = ledger.expire(clock.instant(), BATCH);
            for (int j = 0; j < outcome.offline(); j++) {
                metrics.changed(Status.OFFLINE);
            }
            if (outcome.due() < BATCH) {
                break;
            }
        }
        metrics.online(ledger.online());
    }
}
