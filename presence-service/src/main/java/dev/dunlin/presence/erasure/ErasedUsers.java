package dev.dunlin.presence.erasure;

import dev.dunlin.protocol.UserId;
import java.util.List;

/** Erases users. Called on virtual threads; safe for several threads and processes at once. */
public interface ErasedUsers {
    /**
     * Deletes when the users were last seen. A session that is still open, or in its grace, stays
     * until it ends; neither its end nor a late one records a last seen. Repeating the call changes
     * nothing.
     *
     * @throws dev.dunlin.presence.PresenceUnavailable if Redis does not answer
     */
    void forget(List<UserId> users);
}
