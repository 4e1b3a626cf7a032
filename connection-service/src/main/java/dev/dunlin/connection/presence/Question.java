package dev.dunlin.connection.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session's question for the presence of users, of whom it watches some. Their changes wait until
 * it is answered. Hub loop only.
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

    /** The session was sent these; none if the question has failed. */
    void answered(List<UserPresence> states) {
        Map<UserId, UserPresence> found = new HashMap<>();
        states.forEach(state -> found.put(state.user(), state));
        watches.forEach((watch, before) -> watch.answered(found.get(watch.user()), before));
    }
}
