package dev.dunlin.presence.session;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.metrics.PresenceMetrics;
import dev.dunlin.protocol.kafka.SessionEvent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Takes the events of sessions as they come. Called on virtual threads. */
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

    /** Applies a batch; throws {@link PresenceUnavailable} when it has to be given again later. */
    public void apply(List<SessionEvent> events) {
        directory.apply(events, clock.instant()).forEach(metrics::changed);
    }
}
