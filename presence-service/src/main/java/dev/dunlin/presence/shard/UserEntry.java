package dev.dunlin.presence.shard;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.frame.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user who is not offline: the status as watchers know it, and the open sessions. Without
 * sessions the user is in the grace. Immutable.
 *
 * @param shown {@code ONLINE} or {@code AWAY}
 */
public record UserEntry(Status shown, List<OpenSession> sessions) {
    public UserEntry {
        sessions = List.copyOf(sessions);
    }

    /** The status that the sessions make; empty in the grace. */
    Optional<Status> status() {
        if (sessions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(sessions.stream().allMatch(OpenSession::away) ? Status.AWAY : Status.ONLINE);
    }

    Optional<OpenSession> find(SessionId session, NodeId node) {
        return sessions.stream().filter(open -> open.is(session, node)).findFirst();
    }

    /** With this session in the place of what was known of it. */
    UserEntry with(OpenSession session) {
        List<OpenSession> all = new ArrayList<>(without(session.session(), session.node()).sessions);
        all.add(session);
        return new UserEntry(shown, all);
    }

    UserEntry without(SessionId session, NodeId node) {
        return new UserEntry(
                shown, sessions.stream().filter(open -> !open.is(session, node)).toList());
    }

    UserEntry showing(Status status) {
        return new UserEntry(status, sessions);
    }
}
