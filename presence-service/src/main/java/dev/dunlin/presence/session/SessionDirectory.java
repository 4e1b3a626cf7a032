package dev.dunlin.presence.session;

import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.SessionEvent;
import java.time.Instant;
import java.util.List;

/** The sessions of all users. Called on virtual threads; safe to use from several threads and processes at once. */
public interface SessionDirectory {
    /**
     * Applies the events in their order and publishes what changed for watchers. An event that was applied before, or
     * that an applied one has overtaken, does nothing: on a failure the whole list is given again.
     *
     * @return the statuses that were published
     * @throws dev.dunlin.presence.PresenceUnavailable if that could not be done now
     */
    List<Status> apply(List<SessionEvent> events, Instant now);
}
