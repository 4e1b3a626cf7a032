package dev.dunlin.connection.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.ContactList;
import dev.dunlin.protocol.http.PresenceList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Queries presence-service, and message-service for contacts. Any thread, never blocks. Stages
 * complete on any thread; they fail with {@link dev.dunlin.edge.RefusedException}
 * {@code unavailable} or {@code overloaded}.
 */
public interface PresenceQuery {
    /** The most users of one question. */
    int MOST = 100;

    /** The presence of these users as others see it, in this order, whoever may see it. */
    CompletionStage<List<UserPresence>> shown(List<UserId> users);

    /**
     * The presence of these users as {@code viewer} sees it, in this order, and whom of them it may
     * not see.
     *
     * @param viewer absent for a back end, which sees everybody as it is
     * @param fresh whether what the viewer may see was changed just now
     */
    CompletionStage<PresenceList> seen(@Nullable UserId viewer, List<UserId> users, boolean fresh);

    /** The users who share a direct channel with the user. */
    CompletionStage<ContactList> contacts(UserId user);
}
