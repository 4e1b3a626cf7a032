package dev.dunlin.connection.session;

import dev.dunlin.protocol.kafka.SessionEvent;
import java.util.concurrent.CompletionStage;

/** Tells the other services what sessions do. Any thread, does not block. */
public interface SessionEvents {
    /** Completes when the event is safe, on any thread. */
    CompletionStage<Void> tell(SessionEvent event);
}
