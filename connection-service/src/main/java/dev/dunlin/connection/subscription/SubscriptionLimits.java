package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.Replay;

/**
 * Bounds of subscriptions.
 *
 * @param perSession channels that one session may subscribe to
 * @param catchupEvents the most events that a resume replays; further back it is not recovered
 * @param heldBytes live events that wait behind a replay, in bytes for all of a session; beyond it
 *     they are replayed, too
 * @param patience how long to try to get what was missed
 */
public record SubscriptionLimits(int perSession, int catchupEvents, int heldBytes, Replay.Patience patience) {
    public SubscriptionLimits {
        if (perSession < 1 || catchupEvents < 0 || heldBytes < 1) {
            throw new IllegalArgumentException("perSession and heldBytes must be 1 or more, catchupEvents 0 or more");
        }
    }
}
