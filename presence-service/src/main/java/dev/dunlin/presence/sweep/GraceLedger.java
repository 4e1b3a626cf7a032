package dev.dunlin.presence.sweep;

import java.time.Instant;

/**
 * The users in their offline grace. Called on virtual threads; safe for several threads and
 * processes at once.
 */
public interface GraceLedger {
    /**
     * Makes users offline whose grace is over, and publishes that. Each user is published once,
     * even if several processes do this at the same time.
     *
     * @param limit the most users to process
     * @throws dev.dunlin.presence.PresenceUnavailable if Redis does not answer
     */
    Outcome expire(Instant now, int limit);

    /** How many users were due, and how many of them this call made offline. */
    record Outcome(int due, int offline) {}

    /** How many users are not offline. */
    long online();
}
