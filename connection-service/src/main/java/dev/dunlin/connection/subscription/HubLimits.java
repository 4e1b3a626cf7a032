package dev.dunlin.connection.subscription;

import java.time.Duration;

/**
 * Bounds of the repair of a channel, and of how long its events wait.
 *
 * @param heldEvents how many live events may wait for missing ones before them; further ones are
 *     fetched later
 * @param attempts how often missing events are fetched before subscribers get a {@code gap}
 * @param pause the pause before the second attempt; it doubles with each further one
 * @param sweep how long one round takes that compares all channels with the log
 * @param accessSweep how long one round of access checks over all subscribed members takes
 * @param coalesce how long an event of a hot channel may wait for the next ones; 0 for not at all
 */
public record HubLimits(
        int heldEvents, int attempts, Duration pause, Duration sweep, Duration accessSweep, Duration coalesce) {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    public HubLimits {
        if (heldEvents < 1 || attempts < 1) {
            throw new IllegalArgumentException("heldEvents and attempts must be 1 or more");
        }
        if (sweep.toMillis() < 10) {
            throw new IllegalArgumentException("sweep must be at least 10 ms");
        }
        if (accessSweep.toMillis() < 1_000) {
            throw new IllegalArgumentException("dunlin.access.sweep must be at least 1 s");
        }
        if (coalesce.isNegative()
                || coalesce.compareTo(LONGEST_WAIT) > 0
                || (coalesce.isPositive() && coalesce.toMillis() == 0)) {
            throw new IllegalArgumentException("dunlin.subscriptions.coalesce must be 0, or 1 to 100 ms");
        }
    }
}
