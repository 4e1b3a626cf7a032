package dev.dunlin.presence.shard;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user who is not offline: how watchers know it, and the open sessions. Without sessions the user
 * is in the grace; so is a device without one. Immutable.
 *
 * @param shown {@code ONLINE} or {@code AWAY}
 * @param devices the same of each device, also of those in the grace
 */
public record UserEntry(Status shown, Map<Device, Status> devices, List<OpenSession> sessions) {
    public UserEntry {
        devices = Map.copyOf(devices);
        sessions = List.copyOf(sessions);
    }

    /** The status that the sessions make; empty in the grace. */
    Optional<Status> status() {
        if (sessions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(sessions.stream().allMatch(OpenSession::away) ? Status.AWAY : Status.ONLINE);
    }

    /**
     * When the last of the sessions became away, in milliseconds since 1970 by the clock of its
     * node; empty in the grace, and if a session is not away.
     */
    Optional<Long> awaySince() {
        return status().filter(status -> status == Status.AWAY)
                .flatMap(away -> sessions.stream().map(OpenSession::at).max(Long::compare));
    }

    Optional<OpenSession> find(SessionId session, NodeId node) {
        return sessions.stream().filter(open -> open.is(session, node)).findFirst();
    }

    /** The user of {@code before} with this session in the place of what was known of it. */
    static UserEntry with(@Nullable UserEntry before, OpenSession session) {
        if (before == null) {
            return new UserEntry(Status.OFFLINE, Map.of(), List.of(session)).current();
        }
        List<OpenSession> all = new ArrayList<>(before.others(session.session(), session.node()));
        all.add(session);
        return new UserEntry(before.shown, before.devices, all).current();
    }

    UserEntry without(SessionId session, NodeId node) {
        return new UserEntry(shown, devices, others(session, node)).current();
    }

    private List<OpenSession> others(SessionId session, NodeId node) {
        return sessions.stream().filter(open -> !open.is(session, node)).toList();
    }

    /** Whether a device is in the grace. */
    boolean lingers() {
        return !live().keySet().containsAll(devices.keySet());
    }

    /** Without the devices that were in the grace. */
    UserEntry settled() {
        return new UserEntry(shown, live(), sessions);
    }

    private UserEntry current() {
        Map<Device, Status> all = new EnumMap<>(Device.class);
        all.putAll(devices);
        all.putAll(live());
        return new UserEntry(status().orElse(shown), all, sessions);
    }

    private Map<Device, Status> live() {
        Map<Device, Status> live = new EnumMap<>(Device.class);
        for (OpenSession session : sessions) {
            Status status = session.away() ? Status.AWAY : Status.ONLINE;
            live.merge(session.device(), status, (one, other) -> one == Status.ONLINE ? one : other);
        }
        return live;
    }
}
