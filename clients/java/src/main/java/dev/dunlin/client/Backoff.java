package dev.dunlin.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter ("Exponential Backoff And Jitter", AWS Architecture Blog,
 * 2015): a time between nothing and a ceiling that doubles with every attempt, so that clients
 * which lost their links together do not come back together.
 *
 * @param first ceiling of the first delay
 * @param most ceiling of all delays
 */
public record Backoff(Duration first, Duration most) {
    /** Ceilings of 1 s to 30 s. */
    public static final Backoff STANDARD = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("first must be above zero and most not below it");
        }
    }

    /** The longest that attempt {@code attempt} (0, 1, 2, …) waits. */
    public Duration ceiling(int attempt) {
        Duration doubled = first.multipliedBy(1L << Math.min(attempt, 20));
        return doubled.compareTo(most) > 0 ? most : doubled;
    }

    /** How long attempt {@code attempt} (0, 1, 2, …) waits. */
    public Duration delay(int attempt, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(ceiling(attempt).toNanos() + 1));
    }
}
