package dev.dunlin.benchmark.report;

import dev.dunlin.benchmark.load.Round;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one round gave.
 *
 * @param perSecond messages that were acked and delivered, or in an open loop those that were due
 * @param cpu microseconds a message, by process
 * @param means of message-service's own timers, in seconds
 */
public record Result(
        String target,
        double perSecond,
        Histogram acks,
        Histogram deliveries,
        int sent,
        long lost,
        long refused,
        long repeated,
        Map<String, Double> cpu,
        Map<String, Double> means) {
    /** The result of a round that has ended. */
    public static Result of(
            String target, double perSecond, Round round, Map<String, Double> cpu, Map<String, Double> means) {
        return new Result(
                target,
                perSecond,
                round.acks(),
                round.deliveries(),
                round.sent(),
                round.sent() - round.delivered() - round.refusals(),
                round.refusals(),
                round.repeated(),
                Map.copyOf(cpu),
                Map.copyOf(means));
    }

    /** All processes together. */
    public double cpuInAll() {
        return cpu.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
