package dev.dunlin.benchmark.message;

import java.util.Comparator;
import java.util.List;

/**
 * The knee of a curve of latency over rate: the point with the most throughput for its latency, the
 * maximum of Kleinrock's power (rate divided by latency; Kleinrock, "Power and deterministic rules
 * of thumb for probabilistic problems in computer communications", 1979).
 */
final class Knee {
    private Knee() {}

    /**
     * The rate of the knee; 0 without rounds. Rounds that lost or refused messages do not count.
     * The latency is the 99th percentile until delivery.
     */
    static double of(List<Figures.Row> rows) {
        return rows.stream()
                .filter(row ->
                        row.lost() == 0 && row.refused() == 0 && row.delivered().p99() > 0)
                .max(Comparator.comparingDouble(
                        row -> row.perSecond() / row.delivered().p99()))
                .map(Figures.Row::perSecond)
                .orElse(0.0);
    }
}
