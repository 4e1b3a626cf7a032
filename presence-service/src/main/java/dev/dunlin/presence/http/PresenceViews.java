package dev.dunlin.presence.http;

import dev.dunlin.presence.status.Standing;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.presence.visibility.Visibility;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.http.UsersQuery;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The presence of users as somebody sees it. Called on virtual threads. */
@Singleton
final class PresenceViews {
    private final StatusBoard statuses;
    private final Visibility visibility;
    private final InstantSource clock;

    PresenceViews(StatusBoard statuses, Visibility visibility, InstantSource clock) {
        this.statuses = statuses;
        this.visibility = visibility;
        this.clock = clock;
    }

    /** Presence in the order of the query. */
    PresenceList list(UsersQuery query) {
        List<Standing> found = statuses.find(query.users());
        UserId viewer = query.viewer();
        Instant now = clock.instant();
        if (query.asItIs()) {
            return asItIs(found, now);
        }
        if (viewer == null) {
            return new PresenceList(
                    found.stream().map(user -> user.toOthers(now)).toList());
        }
        Set<UserId> hidden = visibility.hidden(viewer, found, Boolean.TRUE.equals(query.fresh()));
        List<UserPresence> seen = found.stream()
                .map(user -> {
                    if (hidden.contains(user.user())) {
                        return new UserPresence(user.user(), Status.OFFLINE, null);
                    }
                    return user.user().equals(viewer) ? user.real(now) : user.toOthers(now);
                })
                .toList();
        return new PresenceList(seen, hidden.isEmpty() ? null : List.copyOf(hidden));
    }

    private static PresenceList asItIs(List<Standing> users, Instant now) {
        Map<UserId, Long> awaySince = new HashMap<>();
        users.forEach(user -> user.awaySince(now).ifPresent(since -> awaySince.put(user.user(), since)));
        return new PresenceList(
                users.stream().map(user -> user.real(now)).toList(), null, awaySince.isEmpty() ? null : awaySince);
    }
}
