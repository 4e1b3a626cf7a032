package dev.dunlin.client;

import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: the backoff, or what the server asked for. Counts the
 * attempts that failed since a link was last good. On the loop only.
 */
final class ReconnectDelay {
    /** The longest random part on top of the wait that a server asked for. */
    private static final Duration MAX_JITTER = Duration.ofSeconds(5);
    /** The longest wait before a transport that was not tried yet. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Backoff backoff;
    private final RandomGenerator random;
    private int failures;

    ReconnectDelay(Backoff backoff, RandomGenerator random) {
        this.backoff = backoff;
        this.random = random;
    }

    int failures() {
        return failures;
    }

    /** A link proved good: the backoff starts again. */
    void reset() {
        failures = 0;
    }

    /**
     * Counts a failed attempt and returns the wait before the next one.
     *
     * @param newTransport whether the next attempt uses a lower transport, which is tried soon
     * @param goAway the rest of the wait that the server asked for as it left; replaces the backoff
     * @param retryAfter the least wait after a refusal; it applies if it is longer
     */
    Duration next(boolean newTransport, @Nullable Duration goAway, @Nullable Duration retryAfter) {
        Duration delay = backoff.delay(failures++, random);
        if (newTransport) {
            delay = min(delay, jitter(SOON));
        }
        if (goAway != null) {
            delay = goAway.isNegative() ? Duration.ZERO : goAway;
        }
        if (retryAfter != null) {
            Duration asked = retryAfter.plus(jitter(min(retryAfter, MAX_JITTER)));
            delay = asked.compareTo(delay) > 0 ? asked : delay;
        }
        return delay;
    }

    /** A random moment of the time that the server gave. */
    Duration of(ServerFrame.GoAway goAway) {
        return Duration.ofMillis(Math.max(0, goAway.reconnectAfterMs()))
                .plus(jitter(Duration.ofMillis(Math.max(0, goAway.jitterMs()))));
    }

    /** A random time from zero up to {@code most}. */
    Duration jitter(Duration most) {
        return most.isZero() ? most : Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
