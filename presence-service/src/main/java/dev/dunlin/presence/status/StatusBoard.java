package dev.dunlin.presence.status;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;

/** The statuses of users. Called on virtual threads. */
public interface StatusBoard {
    /**
     * One status for each user, in the same order. Throws
     * {@link dev.dunlin.presence.PresenceUnavailable} if Redis does not answer.
     */
    List<UserPresence> find(List<UserId> users);
}
