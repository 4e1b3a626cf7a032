package dev.dunlin.edge;

import java.time.Duration;

/** Pauses between attempts: each is twice as long as the last, up to a bound. On one thread only. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration pause;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.pause = first;
    }

    /** The pause before the next attempt. */
    public Duration next() {
        Duration current = pause;
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(longest) < 0 ? doubled : longest;
        return current;
    }

    /** An attempt succeeded. */
    public void reset() {
        pause = first;
    }
}
