package dev.dunlin.push.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery is retried: after {@code first}, then three times as long each time, up to {@code
 * most}. Each pause varies by up to a fifth, so that deliveries that failed together are not
 * retried together. If the endpoint named a time, the pause is at least that long, up to an hour.
 *
 * @param tries attempts in all
 */
public record RetryPolicy(int tries, Duration first, Duration most) {
    private static final int FACTOR = 3;
    private static final Duration MOST_ASKED = Duration.ofHours(1);

    public RetryPolicy {
        if (tries < 1 || !first.isPositive() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("tries must be 1 or more, 0 < first <= most");
        }
    }

    /**
     * The pause after {@code attempt} (the first is 1) has failed; empty if it was the last one.
     */
    public Optional<Duration> after(int attempt, Optional<Duration> asked, RandomGenerator random) {
        if (attempt >= tries) {
            return Optional.empty();
        }
        Duration wait = first;
        for (int failed = 1; failed < attempt && wait.compareTo(most) < 0; failed++) {
            wait = wait.multipliedBy(FACTOR);
        }
        Duration own = shorter(wait, most);
        Duration jittered = Duration.ofMillis((long) (own.toMillis() * random.nextDouble(0.8, 1.2)));
        return Optional.of(asked.map(told -> shorter(told, MOST_ASKED))
                .filter(told -> told.compareTo(jittered) > 0)
                .orElse(jittered));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
