package dev.dunlin.presence.erasure;

import dev.dunlin.protocol.UserId;
import java.util.List;

/** The users who were erased. Called on virtual threads; safe to use from several threads and processes at once. */
public interface ErasedUsers {
    /**
     * Forgets when the users were last seen. The sessions that one of them still has, also in its grace, stay until they end and leave no last seen then; nor do those whose
     * end comes late. Doing it again changes nothing.
     *
     * @throws dev.dunlin.presence.PresenceUnavailable if that could not be done now
     */
    void forget(List<UserId> users);
}
