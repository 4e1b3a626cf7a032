package dev.dunlin.benchmark.message;

import dev.dunlin.benchmark.process.Resident;
import dev.dunlin.benchmark.report.Latency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The raw figures of {@code message.json}. */
final class Figures {
    private Figures() {}

    /**
     * One round.
     *
     * @param perSecond the rate at which messages were due
     * @param lost were sent, not refused, and never delivered
     * @param retryLater refusals with {@code overloaded} and {@code retryAfterMs}
     * @param cpuMicros of each process for a message, idle work included
     * @param toolMicros of the load tool for a message; in {@code cpuMicros}, too, if that is its
     *     own
     */
    record Row(
            double perSecond,
            Latency ack,
            Latency delivered,
            int sent,
            long lost,
            long refused,
            long retryLater,
            long repeated,
            Map<String, Double> cpuMicros,
            double toolMicros) {
        double cpuMillis() {
            return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum() / 1000;
        }
    }

    /**
     * The end of the scale.
     *
     * @param closedLoop messages a second with a fixed number in flight
     * @param steps the rates that were tried for it, rising or falling
     * @param sustained the highest rate that held; 0 if none did
     * @param curve rounds at fractions of it
     * @param knee the rate with the most throughput for its latency
     * @param half a round at half of the knee
     */
    record Saturation(
            double closedLoop,
            List<Row> steps,
            double sustained,
            List<Row> curve,
            double knee,
            @Nullable Row half) {}

    /** A round above saturation, and the resident memory of each process meanwhile, in bytes. */
    record Beyond(Row row, Map<String, Resident.Range> resident) {}

    /**
     * Everything of one candidate.
     *
     * @param missing why it was not measured
     * @param idleMicros CPU of each process in a second without messages
     */
    record Measured(
            String name,
            @Nullable String missing,
            Map<String, Double> idleMicros,
            List<Row> rates,
            @Nullable Saturation saturation,
            @Nullable Beyond beyond) {
        Optional<Row> at(double rate) {
            return rates.stream().filter(row -> row.perSecond() == rate).findFirst();
        }
    }

    /** The whole file. */
    record File(String machine, String loadBefore, String loadAfter, List<String> arguments, List<Measured> measured) {}
}
