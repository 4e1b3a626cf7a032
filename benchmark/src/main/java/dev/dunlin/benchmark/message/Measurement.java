package dev.dunlin.benchmark.message;

import dev.dunlin.benchmark.process.Resident;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of each candidate, the same of all: warm up, the fixed rates, idle, and the end of
 * the scale. One thread; blocks for minutes.
 */
record Measurement(
        List<Double> rates, Duration time, Duration warm, Duration idle, int window, boolean withSaturation) {
    private static final double WARM_RATE = 300;
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration WARM_CLOSED = Duration.ofSeconds(5);
    private static final double STEP_DOWN = 0.85;
    private static final double STEP_UP = 1.2;
    private static final int MOST_STEPS = 8;
    private static final double QUEUED_MILLIS = 500;
    private static final double[] CURVE = {0.1, 0.25, 0.5, 0.75, 0.9};
    private static final double BEYOND = 1.5;
    private static final int MOST_BEYOND = 3;

    /** How long one candidate takes at most, without its start. */
    Duration longest() {
        Duration all = warm.plus(idle).plus(SETTLE).plus(time.multipliedBy(rates.size()));
        return withSaturation
                ? all.plus(WARM_CLOSED).plus(time.multipliedBy(MOST_STEPS + CURVE.length + 3L + MOST_BEYOND))
                : all;
    }

    /** Measures one candidate and leaves it open. */
    Figures.Measured measure(String name, Opened opened) throws IOException, InterruptedException {
        Rounds rounds = new Rounds(opened);
        System.err.printf("  warming up for %d s%n", warm.toSeconds());
        var unused = rounds.open(WARM_RATE, warm);
        List<Figures.Row> rows = new ArrayList<>();
        for (double rate : rates) {
            rows.add(rounds.open(rate, time));
        }
        Thread.sleep(SETTLE.toMillis());
        System.err.printf("  idle for %d s%n", idle.toSeconds());
        Map<String, Double> idleMicros = rounds.idle(idle);
        Figures.Saturation saturation = withSaturation ? saturation(rounds, rows) : null;
        return new Figures.Measured(name, null, idleMicros, rows, saturation, beyond(rounds, opened, saturation));
    }

    private Figures.Saturation saturation(Rounds rounds, List<Figures.Row> rows) throws IOException {
        System.err.println("  saturation");
        double warmed = rounds.closed(window, WARM_CLOSED);
        double closed = Math.max(rounds.closed(window, time), warmed / 2);
        List<Figures.Row> steps = new ArrayList<>();
        double sustained = sustained(rounds, closed, steps);
        List<Figures.Row> curve = new ArrayList<>();
        for (double part : sustained == 0 ? new double[0] : CURVE) {
            curve.add(rounds.open(sustained * part, time));
        }
        double knee =
                Knee.of(Stream.of(rows, curve, steps).flatMap(List::stream).toList());
        Figures.Row half = knee > 0 ? rounds.open(knee / 2, time) : null;
        return new Figures.Saturation(closed, steps, sustained, curve, knee, half);
    }

    /** Climbs from a rate that holds, and falls from one that does not; 0 if none held. */
    private double sustained(Rounds rounds, double from, List<Figures.Row> steps) throws IOException {
        double held = 0;
        double rate = from;
        while (steps.size() < MOST_STEPS) {
            Figures.Row row = rounds.open(rate, time);
            steps.add(row);
            boolean holds = holds(row);
            if (holds) {
                held = rate;
            }
            if (holds != holds(steps.getFirst())) {
                return held;
            }
            rate *= holds ? STEP_UP : STEP_DOWN;
        }
        return held;
    }

    private static boolean holds(Figures.Row row) {
        return row.lost() == 0 && row.refused() == 0 && row.delivered().p99() < QUEUED_MILLIS;
    }

    private Figures.@Nullable Beyond beyond(Rounds rounds, Opened opened, Figures.@Nullable Saturation saturation)
            throws IOException {
        if (saturation == null) {
            return null;
        }
        System.err.println("  beyond saturation");
        try (Resident resident = new Resident(opened.pids())) {
            double rate = Math.max(saturation.closedLoop(), saturation.sustained());
            Figures.Row row = rounds.open(rate * BEYOND, time);
            // Dunlin has to refuse in the end: its queue before Kafka is bounded.
            for (int again = 0;
                    again < MOST_BEYOND && (holds(row) || (opened.suite().isPresent() && row.refused() == 0));
                    again++) {
                rate *= BEYOND;
                row = rounds.open(rate * BEYOND, time);
            }
            return new Figures.Beyond(row, resident.ranges());
        }
    }
}
