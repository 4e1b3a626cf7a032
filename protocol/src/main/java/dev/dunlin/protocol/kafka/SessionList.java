package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All sessions that a node has in one shard, on request
 * ({@link dev.dunlin.protocol.bus.SessionsWanted}). A long list has several parts with the same
 * {@code at}, in consecutive records of the node. Key: node.
 *
 * @param at see {@link SessionRecord#at}; of each session, too
 * @param part the number of this part, from 0
 * @param last whether it is the last part
 * @param sessions at most {@link #MOST}
 */
public record SessionList(NodeId node, long at, int part, boolean last, List<Listed> sessions)
        implements SessionRecord {
    /** The most sessions of a part. */
    public static final int MOST = 1_000;

    static final String TYPE = "session_list";

    public SessionList {
        Check.required("node", node);
        Check.required("sessions", sessions);
        sessions = List.copyOf(sessions);
    }

    @JsonProperty("type")
    String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return node.value();
    }

    /**
     * One session of the node.
     *
     * @param device {@code WEB} if absent, as nodes of earlier releases leave it
     */
    public record Listed(SessionId session, UserId user, boolean away, Device device) {
        public Listed(SessionId session, UserId user, boolean away, @Nullable Device device) {
            this.session = Check.required("session", session);
            this.user = Check.required("user", user);
            this.away = away;
            this.device = device == null ? Device.WEB : device;
        }
    }
}
