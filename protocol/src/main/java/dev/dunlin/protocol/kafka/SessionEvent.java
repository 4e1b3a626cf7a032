package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;

/**
 * A record of {@link Topics#SESSION_EVENTS}.
 *
 * @param at milliseconds since 1970, by the clock of the node
 */
public record SessionEvent(Kind type, SessionId session, UserId user, NodeId node, long at) {
    public SessionEvent {
        Check.required("type", type);
        Check.required("session", session);
        Check.required("user", user);
        Check.required("node", node);
    }

    /** What happened to the session. */
    public enum Kind {
        @JsonProperty("session_started")
        STARTED,
        @JsonProperty("session_ended")
        ENDED,
        @JsonProperty("session_away")
        AWAY,
        @JsonProperty("session_active")
        ACTIVE
    }
}
