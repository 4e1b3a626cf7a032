package dev.dunlin.connection.session;

import java.time.InstantSource;

/**
 * The times of a node's records: each is later than the one before, also when the clock is set
 * back. Hub loop only, which also fixes the order of the records.
 */
final class RecordTimes {
    private final InstantSource clock;
    private long last;

    RecordTimes(InstantSource clock) {
        this.clock = clock;
    }

    /** Milliseconds since 1970. */
    long next() {
        last = Math.max(last + 1, clock.millis());
        return last;
    }
}
