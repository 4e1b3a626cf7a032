package dev.dunlin.connection.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.PresenceList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question for the presence of users whom a session watches. Their changes wait until it is
 * answered. Hub loop only.
 */
final class Question {
    /** Watch -> how many changes it had when presence-service was asked. */
    private final Map<Watched, Integer> watches = new HashMap<>();

    Question(List<Watched> watches) {
        watches.forEach(watch -> {
            watch.asks();
            this.watches.put(watch, watch.changes());
        });
    }

    /** Presence-service is asked now. */
    void asked() {
        watches.replaceAll((watch, before) -> watch.changes());
    }

    /** The session was sent these. */
    void answered(PresenceList answer) {
        Map<UserId, UserPresence> found = byUser(answer);
        Set<UserId> hidden = hidden(answer);
        watches.forEach(
                (watch, before) -> watch.answered(found.get(watch.user()), hidden.contains(watch.user()), before));
    }

    /** The session is to see these, as far as it was not sent them. */
    void checked(PresenceList answer) {
        Map<UserId, UserPresence> found = byUser(answer);
        Set<UserId> hidden = hidden(answer);
        watches.forEach((watch, before) -> {
            UserPresence state = found.get(watch.user());
            if (state == null) {
                watch.unchecked();
            } else {
                watch.checked(state, hidden.contains(watch.user()), before);
            }
        });
    }

    /** There is no answer. */
    void failed() {
        watches.forEach((watch, before) -> watch.unchecked());
    }

    private static Map<UserId, UserPresence> byUser(PresenceList answer) {
        Map<UserId, UserPresence> found = new HashMap<>();
        answer.users().forEach(state -> found.put(state.user(), state));
        return found;
    }

    private static Set<UserId> hidden(PresenceList answer) {
        List<UserId> hidden = answer.hidden();
        return hidden == null ? Set.of() : Set.copyOf(hidden);
    }
}
