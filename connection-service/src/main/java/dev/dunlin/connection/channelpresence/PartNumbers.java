package dev.dunlin.connection.channelpresence;

import java.time.InstantSource;

/**
 * The numbers of this run's parts. A part that begins again has a higher number than any before,
 * since a part gets at most one number a millisecond. Hub loop only.
 */
final class PartNumbers {
    private final InstantSource clock;
    private long highest;

    PartNumbers(InstantSource clock) {
        this.clock = clock;
    }

    /** The number before the first one of a part. */
    long first() {
        highest = Math.max(highest + 1, clock.millis());
        return highest;
    }

    /** The number after {@code n}. */
    long after(long n) {
        highest = Math.max(highest, n + 1);
        return n + 1;
    }
}
