package dev.dunlin.benchmark.fanout;

import dev.dunlin.benchmark.report.Latency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The raw figures of {@code fanout.json}. */
final class FanOutFigures {
    private FanOutFigures() {}

    /**
     * One kind of round.
     *
     * @param cpuMicros of each process for a delivery
     * @param first the middle of the bursts' first deliveries, in milliseconds
     * @param last the middle of the bursts' last deliveries
     * @param missing deliveries that did not come in time
     */
    record Row(
            int links,
            int messages,
            int frameBytes,
            Map<String, Double> cpuMicros,
            double first,
            Latency delivered,
            double last,
            long missing) {
        double sum() {
            return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        /** Of the process that holds the links. */
        double server() {
            return cpuMicros.getOrDefault("connection-1", cpuMicros.getOrDefault("nchan", 0.0));
        }
    }

    /** One server; {@code missing} says why it was not measured. */
    record Measured(
            String name,
            @Nullable String missing,
            @Nullable Row bursts,
            @Nullable Row paced) {}

    /** The whole file; the floor is the CPU of one write, in microseconds. */
    record File(
            String machine,
            String loadBefore,
            String loadAfter,
            List<String> arguments,
            double floorMicros,
            List<Measured> measured) {}
}
