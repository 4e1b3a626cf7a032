package dev.dunlin.checker.nemesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The times and targets of faults: a pure function of its arguments, so that a seed reproduces it.
 */
public final class Schedule {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final long LEAST_GAP_MS = 4_000;
    private static final long MOST_GAP_MS = 9_000;
    private static final long LEAST_PAUSE_MS = 1_000;
    private static final long MOST_PAUSE_MS = 15_000;

    /** How long an outage of Kafka lasts, unless the workload ends before. */
    public static final Duration OUTAGE = Duration.ofSeconds(30);

    private Schedule() {}

    /**
     * Deals the faults like cards: all of them before any is repeated. A third of them comes
     * together with the next one.
     *
     * @param length the length of the workload: nothing starts after it
     * @param copies the largest number of copies of a service
     */
    public static List<Strike> of(long seed, List<Fault> faults, Duration length, int copies) {
        List<Strike> strikes = new ArrayList<>();
        if (faults.isEmpty()) {
            return strikes;
        }
        Random random = new Random(seed);
        List<Fault> deck = new ArrayList<>();
        long gapMs = Math.clamp(length.toMillis() / (faults.size() + 1L), LEAST_GAP_MS, MOST_GAP_MS);
        long atMs = FIRST.toMillis();
        long outageEndsMs = 0;
        while (atMs < length.toMillis()) {
            int together = random.nextInt(5) == 0 ? 2 : 1;
            for (int i = 0; i < together; i++) {
                if (deck.isEmpty()) {
                    deck.addAll(shuffled(faults, random));
                }
                Fault fault = deal(deck, atMs < outageEndsMs);
                if (fault.target() == Target.KAFKA && atMs < outageEndsMs) {
                    atMs = outageEndsMs + gapMs / 2; // nothing else is left of the deck
                }
                Strike strike = strike(atMs, fault, length, copies, random);
                if (fault.blow() == Blow.OUTAGE) {
                    outageEndsMs = strike.end().toMillis();
                }
                if (atMs < length.toMillis()) {
                    strikes.add(strike);
                }
            }
            atMs += gapMs / 2 + random.nextLong(gapMs);
        }
        return strikes;
    }

    /** An outage is in the half that is dealt first, so that blows to Kafka are left after it. */
    private static List<Fault> shuffled(List<Fault> faults, Random random) {
        List<Fault> deck = new ArrayList<>(faults);
        Collections.shuffle(deck, random);
        for (int i = 0; i < deck.size() / 2; i++) {
            if (deck.get(i).blow() == Blow.OUTAGE) {
                Collections.swap(deck, i, deck.size() - 1 - i);
            }
        }
        return deck;
    }

    /**
     * Takes the last card. During an outage it is the last that does not hit Kafka, because another
     * blow to Kafka would end the outage; the very last if there is no such card.
     */
    private static Fault deal(List<Fault> deck, boolean outage) {
        for (int i = deck.size() - 1; outage && i >= 0; i--) {
            if (deck.get(i).target() != Target.KAFKA) {
                return deck.remove(i);
            }
        }
        return deck.removeLast();
    }

    private static Strike strike(long atMs, Fault fault, Duration length, int copies, Random random) {
        boolean both = random.nextInt(4) == 0;
        int copy = random.nextInt(copies);
        long mostMs = Math.clamp(length.toMillis() / 4, LEAST_PAUSE_MS + 1, MOST_PAUSE_MS);
        // Short pauses find as many faults as long ones and take less time: the square makes them
        // frequent.
        double part = random.nextDouble();
        long pauseMs = LEAST_PAUSE_MS + (long) (part * part * (mostMs - LEAST_PAUSE_MS));
        return new Strike(
                Duration.ofMillis(atMs),
                fault,
                both && fault.target().hasCopies(),
                copy,
                pause(fault.blow(), copy, Duration.ofMillis(pauseMs)));
    }

    private static Duration pause(Blow blow, int copy, Duration chosen) {
        return switch (blow) {
            case STOP, THROTTLE, FAIL, HANG -> chosen;
            case REMOVE -> copy % 2 == 0 ? chosen : Duration.ZERO;
            case OUTAGE -> OUTAGE;
            case KILL, RESTART, FLUSH -> Duration.ZERO;
        };
    }
}
