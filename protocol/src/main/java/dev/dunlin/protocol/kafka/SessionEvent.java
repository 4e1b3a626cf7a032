package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import org.jspecify.annotations.Nullable;

/**
 * A session started, ended, became away or active. Each but the end says all that is to be known of
 * the session, so that the newest one stands for those before it. Key: user.
 *
 * @param at see {@link SessionRecord#at}
 * @param device {@code WEB} if absent, as nodes of earlier releases leave it
 */
public record SessionEvent(Kind type, SessionId session, UserId user, NodeId node, long at, Device device)
        implements SessionRecord {
    public SessionEvent(Kind type, SessionId session, UserId user, NodeId node, long at, @Nullable Device device) {
        this.type = Check.required("type", type);
        this.session = Check.required("session", session);
        this.user = Check.required("user", user);
        this.node = Check.required("node", node);
        this.at = at;
        this.device = device == null ? Device.WEB : device;
    }

    @Override
    public String key() {
        return user.value();
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
