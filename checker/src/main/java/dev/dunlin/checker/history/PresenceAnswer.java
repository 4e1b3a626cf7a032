package dev.dunlin.checker.history;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import java.util.Map;

/**
 * One request for the presence of all users over REST. Times are monotonic, in nanoseconds since
 * the start of the check.
 *
 * @param poller which of the pollers
 * @param statuses empty if there was no answer, which is no wrong one
 */
public record PresenceAnswer(String poller, long askedAt, long answeredAt, Map<UserId, Status> statuses) {
    public PresenceAnswer {
        statuses = Map.copyOf(statuses);
    }

    /** Whether there was an answer. */
    public boolean isThere() {
        return !statuses.isEmpty();
    }
}
