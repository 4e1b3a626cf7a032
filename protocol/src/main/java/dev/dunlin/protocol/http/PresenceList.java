package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Presence in the order of a query: the answer of {@code GET /v1/presence} and {@code POST
 * /internal/presence}.
 *
 * @param hidden whom of them the viewer may not see; only between services, and absent if there is
 *     none
 * @param awaySince since when each away user has been away, in milliseconds since 1970: the last of
 *     its sessions became away then by the clock of its node, or 0 for who chose to be away.
 *     Without those who are in the grace after their last session. Only between services and as it
 *     is; absent if there is none, and if the answer comes from an older presence-service
 */
public record PresenceList(
        List<UserPresence> users,
        @Nullable List<UserId> hidden,
        @Nullable Map<UserId, Long> awaySince) {
    public PresenceList(List<UserPresence> users) {
        this(users, null, null);
    }

    public PresenceList(List<UserPresence> users, @Nullable List<UserId> hidden) {
        this(users, hidden, null);
    }

    /** This, then {@code more}. */
    public PresenceList and(PresenceList more) {
        List<UserId> all = joined(hidden == null ? List.of() : hidden, more.hidden == null ? List.of() : more.hidden);
        Map<UserId, Long> away = new HashMap<>();
        Stream.of(this, more).map(PresenceList::awaySince).forEach(some -> {
            if (some != null) {
                away.putAll(some);
            }
        });
        return new PresenceList(
                joined(users, more.users), all.isEmpty() ? null : all, away.isEmpty() ? null : Map.copyOf(away));
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
