package dev.dunlin.connection.subscription;

/**
 * Bounds of subscriptions.
 *
 * @param perSession     channels that one session may subscribe to
 * @param catchupEvents  the most events that a resume replays; further back it is not recovered
 * @param heldBytes      live events that wait behind a replay, in bytes for each subscription; beyond it they are replayed, too
 */
public record SubscriptionLimits(int perSession, int catchupEvents, int heldBytes) {
    public SubscriptionLimits {
        if (perSession < 1 || catchupEvents < 0 || heldBytes < 1) {
            throw new IllegalArgumentException("perSession and heldBytes must be 1 or more, catchupEvents 0 or more");
        }
    }
}
