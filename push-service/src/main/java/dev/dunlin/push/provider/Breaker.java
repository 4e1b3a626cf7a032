package dev.dunlin.push.provider;

import dev.dunlin.edge.Backoff;
import dev.dunlin.push.delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The places of one origin, the line before them, and whether the origin is left alone. After
 * {@code mostFailures} failures in a row it is left alone for a pause, and nobody stays in the
 * line. Then one delivery tries it: an answer opens all places again, a failure starts a longer
 * pause. Not thread-safe: {@link GuardedProviders} guards it.
 */
final class Breaker {
    /** A provider may ask for longer; this is the most that it gets. */
    static final Duration MOST_ASKED = Duration.ofHours(1);

    /** What waited longer is to be prepared again: its message may have changed. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final int places;
    private final int line;
    private final int mostFailures;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    /** All that entered and did not leave. */
    private int inside;
    /** Those of them whose delivery is under way. */
    private int taken;
    /** What {@link #room} said last. */
    private boolean hadRoom = true;
    /** Failures in a row while it is not left alone. */
    private int failures;
    /** Pauses in a row. */
    private int pauses;
    /** The end of the pause; null while all places may be used. */
    private @Nullable Instant until;
    /** Changes with every start and end of a pause. Places of an earlier period do not count. */
    private int period;

    private boolean trying;

    /** A delivery in the line. */
    private record Waiting(int entered, Instant since, Runnable delivery, Runnable turnedAway) {}

    /**
     * What follows when a delivery has ended.
     *
     * @param pauses whether a first pause begins
     * @param room whether there is room again
     * @param calls what to call
     */
    record Left(boolean pauses, boolean room, List<Runnable> calls) {}

    Breaker(int places, int mostFailures) {
        this.places = places;
        this.line = ProviderLimits.lineOf(places);
        this.mostFailures = mostFailures;
    }

    /** How many deliveries are under way. */
    int taken() {
        return taken;
    }

    /** Takes a place, or one in the line, and returns the period for {@link #leave}. */
    Optional<Integer> enter(Instant now) {
        if (inside == places + line || open(now)) {
            return Optional.empty();
        }
        trying = until != null;
        inside++;
        return Optional.of(period);
    }

    /** How many more may enter; 0 until half the line is free. */
    int room(Instant now) {
        int free = places + line - inside;
        int room = until == null && 2 * free >= line ? free : 0;
        if (until != null && !open(now)) {
            room = Math.min(1, free);
        }
        hadRoom = room > 0;
        return room;
    }

    /** Whether there is room, and was none when that was asked before. */
    private boolean hasRoomAgain(Instant now) {
        return !hadRoom && room(now) > 0;
    }

    /** Lets a delivery begin or wait; returns what to call. */
    List<Runnable> start(int entered, Instant now, Runnable delivery, Runnable turnedAway) {
        waiting.add(new Waiting(entered, now, delivery, turnedAway));
        return advance(now);
    }

    /** Lets as many begin as there are places; returns what to call. */
    private List<Runnable> advance(Instant now) {
        List<Runnable> calls = new ArrayList<>();
        Waiting next = waiting.peek();
        while (next != null) {
            boolean turnedAway =
                    next.entered() != period || next.since().plus(LONGEST_WAIT).isBefore(now);
            if (turnedAway) {
                leaveUnused(next.entered());
            } else if (taken < places) {
                taken++;
            } else {
                break;
            }
            calls.add(turnedAway ? next.turnedAway() : next.delivery());
            waiting.remove();
            next = waiting.peek();
        }
        return calls;
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
        return inside == 0 && failures == 0 && until == null;
    }

    /** Whether somebody will still leave. */
    boolean inUse() {
        return inside > 0;
    }

    /** Nothing was learned of the provider. */
    void leaveUnused(int entered) {
        inside--;
        if (entered == period) {
            trying = false;
        }
    }

    /** A further pause, after a failed try, is no first one. */
    Left leave(int entered, Outcome outcome, Instant now, RandomGenerator random) {
        boolean untroubled = pauses == 0;
        taken--;
        inside--;
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
        List<Runnable> calls = advance(now);
        return new Left(untroubled && pauses > 0, hasRoomAgain(now), calls);
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
