package dev.dunlin.engines.supervise;

import java.time.Duration;

/**
 * How long to wait before a process that died is started again: twice as long each time, up to a
 * bound. Immutable.
 */
public record Backoff(Duration first, Duration most) {
    /** Half a second, then doubled up to half a minute. */
    public static final Backoff USUAL = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /**
     * The wait before one more try.
     *
     * @param failures how many tries in a row went wrong already; the first wait is for 0
     */
    public Duration after(int failures) {
        Duration wait = first;
        for (int i = 0; i < failures && wait.compareTo(most) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(most) < 0 ? wait : most;
    }
}
