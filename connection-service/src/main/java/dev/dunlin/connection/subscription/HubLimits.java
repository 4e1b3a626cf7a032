package dev.dunlin.connection.subscription;

import java.time.Duration;

/**
 * Bounds of the repair of a channel.
 *
 * @param heldEvents how many live events wait for those missing before them; beyond it they are fetched later
 * @param attempts   how often missing events are fetched before subscribers get a {@code gap}
 * @param pause      before the second attempt; doubles with each
 * @param sweep      how long a round over all channels takes that compares them with the log
 * @param accessSweep how long one round of access checks over all subscribed members takes
 */
public record HubLimits(int heldEvents, int attempts, Duration pause, Duration sweep, Duration accessSweep) {
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
    }
}
