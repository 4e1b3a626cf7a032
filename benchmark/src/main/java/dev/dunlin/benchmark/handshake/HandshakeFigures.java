package dev.dunlin.benchmark.handshake;

import dev.dunlin.benchmark.report.Latency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The raw figures of {@code handshake.json}. */
final class HandshakeFigures {
    private HandshakeFigures() {}

    /**
     * One round of clients.
     *
     * @param perSecond the rate at which clients were due; 0 if all were due at once
     * @param subscribed from when a client was due until it was subscribed
     * @param missing clients that failed or were not subscribed in time
     * @param repeated how often a client was refused for now and asked again
     * @param cpuMicros of each process for a client, idle work included
     */
    record Row(
            double perSecond,
            int clients,
            Latency subscribed,
            int missing,
            long repeated,
            Map<String, Double> cpuMicros) {
        double sum() {
            return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** One server; {@code missing} says why it was not measured. */
    record Measured(
            String name,
            @Nullable String missing,
            @Nullable Row paced,
            @Nullable Row burst) {}

    /** The whole file. */
    record File(String machine, String loadBefore, String loadAfter, List<String> arguments, List<Measured> measured) {}
}
