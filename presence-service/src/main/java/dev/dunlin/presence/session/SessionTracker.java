package dev.dunlin.presence.session;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.metrics.PresenceMetrics;
import dev.dunlin.protocol.kafka.SessionEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Applies the events of sessions as they arrive. Called on virtual threads. */
@Singleton
public final class SessionTracker {
    private final SessionDirectory directory;
    private final PresenceMetrics metrics;
    private final Clock clock;

    SessionTracker(SessionDirectory directory, PresenceMetrics metrics, Clock clock) {
        this.directory = directory;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Applies a batch. Throws {@link PresenceUnavailable} if the caller must repeat it later. */
    public void apply(List<SessionEvent> events) {
        directory.apply(events, clock.instant()).forEach(metrics::changed);
    }
}
