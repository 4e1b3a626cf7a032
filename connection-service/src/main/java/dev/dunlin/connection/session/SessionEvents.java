package dev.dunlin.connection.session;

import dev.dunlin.protocol.kafka.SessionEvent;
import java.util.concurrent.CompletionStage;

/** Publishes the events of sessions to the other services. Any thread, does not block. */
public interface SessionEvents {
    /** Publishes an event. Completes when it is safe, on any thread. */
    CompletionStage<Void> tell(SessionEvent event);
}
