package dev.dunlin.connection.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The users that one session watches. Hub loop only. */
final class Watcher {
    private final Map<UserId, Watched> watched = new HashMap<>();
    private final List<Watched> changed = new ArrayList<>();

    /** How many users it would watch, together with these. */
    int sizeWith(Collection<UserId> users) {
        return watched.size()
                + (int) users.stream()
                        .distinct()
                        .filter(user -> !watched.containsKey(user))
                        .count();
    }

    /** Empty if the user is already watched. */
    Optional<Watched> add(UserId user) {
        if (watched.containsKey(user)) {
            return Optional.empty();
        }
        Watched added = new Watched(this, user);
        watched.put(user, added);
        return Optional.of(added);
    }

    Optional<Watched> remove(UserId user) {
        Optional<Watched> removed = Optional.ofNullable(watched.remove(user));
        removed.ifPresent(changed::remove);
        return removed;
    }

    Collection<Watched> all() {
        return watched.values();
    }

    /** The session was sent these in a {@code presence_state}. */
    void answered(List<UserPresence> states) {
        for (UserPresence state : states) {
            Watched known = watched.get(state.user());
            if (known != null) {
                known.answered(state);
            }
        }
    }

    /** One of the watched users has a change that is not sent yet. */
    void changed(Watched one) {
        changed.add(one);
    }

    /** Takes what the session is sent now. */
    List<UserPresence> takeChanges() {
        List<UserPresence> taken =
                changed.stream().map(Watched::take).filter(Objects::nonNull).toList();
        changed.clear();
        return taken;
    }
}
