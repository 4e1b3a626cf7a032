package dev.dunlin.push.provider;

import dev.dunlin.edge.Backoff;
import dev.dunlin.push.delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The places of one origin, and whether it is left alone. After {@code mostFailures} failures in a
 * row it is left alone for a pause. Then one delivery tries it: an answer opens all places again, a
 * failure starts a longer pause. Not thread-safe: {@link GuardedProviders} guards it.
 */
final class Breaker {
    /** A provider may ask for longer; this is the most that it gets. */
    static final Duration MOST_ASKED = Duration.ofHours(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final int places;
    private final int mostFailures;
    private int taken;
    /** Failures in a row while it is not left alone. */
    private int failures;
    /** Pauses in a row. */
    private int pauses;
    /** The end of the pause; null while all places may be used. */
    private @Nullable Instant until;
    /** Changes with every start and end of a pause. Places of an earlier period do not count. */
    private int period;

    private boolean trying;

    Breaker(int places, int mostFailures) {
        this.places = places;
        this.mostFailures = mostFailures;
    }

    int taken() {
        return taken;
    }

    /** Takes a place and returns the period for {@link #leave}; empty if none is free. */
    Optional<Integer> enter(Instant now) {
        if (closed(now)) {
            return Optional.empty();
        }
        trying = until != null;
        taken++;
        return Optional.of(period);
    }

    boolean closed(Instant now) {
        return taken >= places || open(now);
    }

    /** Whether it is left alone, or tried by one delivery. */
    boolean open(Instant now) {
        return until != null && (trying || now.isBefore(until));
    }

    Optional<Instant> until(Instant now) {
        return Optional.ofNullable(until).filter(now::isBefore);
    }

    /** Whether there is nothing to remember. */
    boolean idle() {
        return taken == 0 && failures == 0 && until == null;
    }

    /** Nothing was learned of the provider. */
    void leaveUnused(int entered) {
        taken--;
        if (entered == period) {
            trying = false;
        }
    }

    /** Returns whether a first pause begins, not a further one after a failed try. */
    boolean leave(int entered, Outcome outcome, Instant now, RandomGenerator random) {
        boolean inUse = pauses == 0;
        taken--;
        boolean current = entered == period;
        if (outcome instanceof Outcome.TryLater(String _, Optional<Duration> asked, boolean provider) && provider) {
            failed(current, asked, now, random);
        } else if (current) {
            failures = 0;
            if (until != null) {
                until = null;
                pauses = 0;
                trying = false;
                period++;
            }
        }
        return inUse && pauses > 0;
    }

    /**
     * Deliveries that were under way when the pause began say nothing new, unless the provider asks
     * for a longer pause.
     */
    private void failed(boolean current, Optional<Duration> asked, Instant now, RandomGenerator random) {
        boolean tooMany = current && (until != null || ++failures >= mostFailures);
        if (tooMany || (until == null && asked.isPresent())) {
            pause(now, random);
        }
        Instant wanted = now.plus(asked.map(Breaker::bounded).orElse(Duration.ZERO));
        if (until != null && !trying && wanted.isAfter(until)) {
            until = wanted;
        }
    }

    private void pause(Instant now, RandomGenerator random) {
        Duration pause = new Backoff(FIRST_PAUSE, LONGEST_PAUSE).after(++pauses);
        until = now.plusMillis((long) (pause.toMillis() * random.nextDouble(0.8, 1.2)));
        failures = 0;
        trying = false;
        period++;
    }

    private static Duration bounded(Duration asked) {
        return asked.compareTo(MOST_ASKED) < 0 ? asked : MOST_ASKED;
    }
}
