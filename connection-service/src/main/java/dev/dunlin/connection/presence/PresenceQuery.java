package dev.dunlin.connection.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Queries presence-service. Any thread, never blocks. */
public interface PresenceQuery {
    /**
     * The presence of these users, in this order. Completes on any thread; fails with
     * {@link dev.dunlin.edge.RefusedException} {@code unavailable} or {@code overloaded}.
     */
    CompletionStage<List<UserPresence>> presence(List<UserId> users);
}
