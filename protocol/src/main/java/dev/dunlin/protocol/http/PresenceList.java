package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Presence in the order of a query: the answer of {@code GET /v1/presence} and {@code POST
 * /internal/presence}.
 *
 * @param hidden whom of them the viewer may not see; only between services, and absent if there is
 *     none
 */
public record PresenceList(
        List<UserPresence> users, @Nullable List<UserId> hidden) {
    public PresenceList(List<UserPresence> users) {
        this(users, null);
    }

    /** This, then {@code more}. */
    public PresenceList and(PresenceList more) {
        List<UserId> all = joined(hidden == null ? List.of() : hidden, more.hidden == null ? List.of() : more.hidden);
        return new PresenceList(joined(users, more.users), all.isEmpty() ? null : all);
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
