package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;

/**
 * A session started, ended, became away or active. Each but the end says all that is to be known of
 * the session, so that the newest one stands for those before it. Key: user.
 *
 * @param at see {@link SessionRecord#at}
 */
public record SessionEvent(Kind type, SessionId session, UserId user, NodeId node, long at) implements SessionRecord {
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
