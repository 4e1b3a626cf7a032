package dev.dunlin.presence.visibility;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.Relations;
import java.util.List;

/** How users are related, which message-service knows. Called on virtual threads. */
@FunctionalInterface
public interface RelationSource {
    /**
     * How {@code users} are related to {@code viewer}. Throws
     * {@link dev.dunlin.presence.PresenceUnavailable} if message-service does not answer.
     */
    Relations relations(UserId viewer, List<UserId> users);
}
