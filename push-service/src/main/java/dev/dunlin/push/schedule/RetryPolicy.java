package dev.dunlin.push.schedule;

import dev.dunlin.edge.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is retried: with {@link Backoff} times three, from {@code first} up to
 * {@code most}. Each pause varies by a fifth, so that deliveries that failed together are retried
 * apart. If the provider asks for a longer pause, it gets up to an hour.
 *
 * @param tries how many attempts there are in all
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
        Duration own = new Backoff(first, most, FACTOR).after(attempt);
        Duration jittered = Duration.ofMillis((long) (own.toMillis() * random.nextDouble(0.8, 1.2)));
        return Optional.of(asked.map(pause -> shorter(pause, MOST_ASKED))
                .filter(pause -> pause.compareTo(jittered) > 0)
                .orElse(jittered));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
