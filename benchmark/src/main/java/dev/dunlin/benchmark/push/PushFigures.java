package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.process.Resident;
import dev.dunlin.benchmark.report.Latency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The raw figures of {@code push.json}. */
final class PushFigures {
    private PushFigures() {}

    /**
     * Messages to a group of members who are offline, until every device has its row.
     *
     * @param firstMillis of the first message, for which the members are read from message-service
     * @param millis of each further message, from the answer to the publish
     * @param calls of push-service to other services, for each further message, by path
     * @param cpuMillis of each process, for each further message
     * @param first the tables after the first message
     * @param last the tables after the last one
     * @param before the tables before the first message
     * @param heap live bytes of push-service before and after; empty for a native binary
     */
    record Decisions(
            int devices,
            double firstMillis,
            List<Double> millis,
            Map<String, Double> calls,
            Map<String, Double> cpuMillis,
            PushTables.Sizes before,
            PushTables.Sizes first,
            PushTables.Sizes last,
            List<Long> heap,
            Resident.Range resident) {}

    /**
     * Rounds in which every device of a group is notified by one provider.
     *
     * @param answerMillis how long the provider takes to answer
     * @param perSecond in each round, from the first notification to the last
     * @param missing devices that were not notified in time
     * @param repeated notifications that a device got again
     * @param calls of push-service to other services, for each 1,000 notifications, by path
     * @param cpuMicros of each process for a notification; the load tool is this process, with the
     *     provider
     */
    record Deliveries(
            String provider,
            long answerMillis,
            int devices,
            List<Double> perSecond,
            long missing,
            long repeated,
            Map<String, Double> calls,
            Map<String, Double> cpuMicros) {}

    /**
     * Devices of a healthy provider, alone and beside as many of one that never answers.
     *
     * @param swallowed connections that were made to the dead provider
     */
    record Beside(int devices, int messages, Latency alone, Latency besideDead, int swallowed) {}

    /** Where the CPU of push-service goes during a round, each share from 0 to 1. */
    record Profile(Map<String, Double> work, Map<String, Double> libraries) {}

    /** One suite. */
    record Run(
            String name,
            @Nullable Decisions decisions,
            List<Deliveries> deliveries,
            @Nullable Profile profile,
            @Nullable Beside beside) {}

    /** The whole file. */
    record File(String machine, String loadBefore, String loadAfter, List<String> arguments, List<Run> runs) {}
}
