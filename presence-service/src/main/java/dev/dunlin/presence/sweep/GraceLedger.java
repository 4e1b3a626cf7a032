package dev.dunlin.presence.sweep;

import java.time.Instant;

/** The users in their offline grace. Called on virtual threads; safe to use from several threads and processes at once. */
public interface GraceLedger {
    /**
     * Makes users whose grace is over offline and publishes it: each once, whoever else does the same.
     *
     * @param limit how many at most
     * @throws dev.dunlin.presence.PresenceUnavailable if that could not be done now
     */
    Outcome expire(Instant now, int limit);

    /** How many users were found due, and how many of them this call made offline. */
    record Outcome(int due, int offline) {}

    /** How many users are not offline. */
    long online();
}
