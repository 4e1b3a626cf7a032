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
    private static final long LEAST_GAP_MS = 6_000;
    private static final long MOST_GAP_MS = 9_000;
    private static final long LEAST_PAUSE_MS = 1_000;
    private static final long MOST_PAUSE_MS = 15_000;

    private Schedule() {}

    /**
     * Deals the faults like cards: all of them before any is repeated. A third of them comes
     * together with the next one.
     *
     * @param length the length of the workload: nothing starts after it
     * @param copies the number of connection nodes, and of message-services
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
        while (atMs < length.toMillis()) {
            int together = random.nextInt(5) == 0 ? 2 : 1;
            for (int i = 0; i < together; i++) {
                if (deck.isEmpty()) {
                    deck.addAll(faults);
                    Collections.shuffle(deck, random);
                }
                strikes.add(strike(atMs, deck.removeLast(), length, copies, random));
            }
            atMs += gapMs / 2 + random.nextLong(gapMs);
        }
        return strikes;
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
                pauses(fault.blow(), copy) ? Duration.ofMillis(pauseMs) : Duration.ZERO);
    }

    private static boolean pauses(Blow blow, int copy) {
        return blow == Blow.STOP || (blow == Blow.REMOVE && copy % 2 == 0);
    }
}
