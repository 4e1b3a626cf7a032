package dev.dunlin.presence.sweep;

import dev.dunlin.presence.metrics.PresenceMetrics;
import dev.dunlin.protocol.frame.Status;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes users offline whose grace is over. Every instance of the service does this, none has to. */
@Singleton
public final class GraceSweep {
    private static final int BATCH = 500;
    /** A run ends after so many users; the next goes on. */
    private static final int MOST_BATCHES = 20;

    private final GraceLedger ledger;
    private final PresenceMetrics metrics;
    private final Clock clock;

    GraceSweep(GraceLedger ledger, PresenceMetrics metrics, Clock clock) {
        this.ledger = ledger;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** One run. Called on a virtual thread; throws {@link dev.dunlin.presence.PresenceUnavailable} if it cannot be done now. */
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
