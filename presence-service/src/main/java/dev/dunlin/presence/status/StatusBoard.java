package dev.dunlin.presence.status;

import dev.dunlin.protocol.UserId;
import java.util.List;

/** What is stored of users. Called on virtual threads. */
public interface StatusBoard {
    /**
     * What is stored of each user, in the same order. Throws
     * {@link dev.dunlin.presence.PresenceUnavailable} if Redis does not answer.
     */
    List<Standing> find(List<UserId> users);
}
