package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.UserId;

/**
 * A record of {@link Topics#USER_EVENTS}: what happened to a user, for each service that holds
 * something of users. It may come again: who reads it must be able to do it twice.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UserEvent.UserErased.class, name = "user_erased"),
    @JsonSubTypes.Type(value = UserEvent.SessionsEnded.class, name = "sessions_ended")
})
public sealed interface UserEvent {
    /** Whom it happened to; the record's key. */
    UserId user();

    /** When, in milliseconds since 1970, by the clock of who wrote it. */
    long at();

    /**
     * A back end ended the user's sessions. Tokens issued before the second of {@code at} are
     * revoked, on links, tickets and REST.
     */
    record SessionsEnded(UserId user, long at) implements UserEvent {
        public SessionsEnded {
            Check.required("user", user);
        }
    }

    /** Nothing is left of the user in the log: the others erase what they hold. */
    record UserErased(UserId user, long at) implements UserEvent {
        public UserErased {
            Check.required("user", user);
        }
    }
}
