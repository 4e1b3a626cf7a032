package dev.dunlin.presence.session;

import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.SessionEvent;
import java.time.Instant;
import java.util.List;

/**
 * The sessions of all users. Called on virtual threads; safe for several threads and processes at
 * once.
 */
public interface SessionDirectory {
    /**
     * Applies the events in order, and publishes what changed to watchers. An event that was
     * already applied, or is older than an applied one, has no effect. So after a failure the
     * caller repeats the whole list.
     *
     * @return the statuses that were published
     * @throws dev.dunlin.presence.PresenceUnavailable if Redis does not answer
     */
    List<Status> apply(List<SessionEvent> events, Instant now);
}
