package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.UserId;

/**
 * A record of {@link Topics#USER_EVENTS}: something happened to a user, for every service that
 * stores data of users. It may be repeated, so consumers must be idempotent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UserEvent.UserErased.class, name = "user_erased"),
    @JsonSubTypes.Type(value = UserEvent.SessionsEnded.class, name = "sessions_ended")
})
public sealed interface UserEvent {
    /** The user, which is the record's key. */
    UserId user();

    /** When it happened, in milliseconds since 1970, by the clock of the producer. */
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

    /** The log holds nothing of the user any more: the other services erase what they hold. */
    record UserErased(UserId user, long at) implements UserEvent {
        public UserErased {
            Check.required("user", user);
        }
    }
}
