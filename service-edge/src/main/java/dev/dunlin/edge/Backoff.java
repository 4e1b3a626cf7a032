package dev.dunlin.edge;

import java.time.Duration;

/**
 * Pauses between attempts: each is a multiple of the previous one, up to a bound. It counts the
 * failures of one thing that is retried, on one thread at a time.
 */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final int factor;
    private int failures;

    /** Doubles the pause each time. */
    public Backoff(Duration first, Duration longest) {
        this(first, longest, 2);
    }

    public Backoff(Duration first, Duration longest, int factor) {
        if (factor < 2) {
            throw new IllegalArgumentException("factor must be at least 2");
        }
        this.first = first;
        this.longest = longest;
        this.factor = factor;
    }

    /** An attempt failed: returns the pause before the next one. */
    public Duration next() {
        return after(++failures);
    }

    /** An attempt succeeded. */
    public void reset() {
        failures = 0;
    }

    /** The pause after that many failures in a row, from 1. Any thread. */
    public Duration after(int failuresInARow) {
        Duration pause = first;
        for (int i = 1; i < failuresInARow && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(factor);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
