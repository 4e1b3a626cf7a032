package dev.dunlin.benchmark.message;

import dev.dunlin.benchmark.load.Load;
import dev.dunlin.benchmark.load.Round;
import dev.dunlin.benchmark.load.Target;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Latency;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rounds of messages to one candidate, and what they cost its processes. One thread; every method
 * blocks until the round has drained.
 */
final class Rounds {
    /** The row of this process. */
    static final String TOOL = "load tool";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int IDS = 100;
    private static final int MOST_PER_SECOND = 100_000;

    private final Opened opened;
    private final Load load = new Load(PATIENCE, () -> Thread.currentThread().isInterrupted());
    private int rounds;

    Rounds(Opened opened) {
        this.opened = opened;
    }

    /** An open loop: latencies count from when a message was due. */
    Figures.Row open(double perSecond, Duration time) throws IOException {
        Round round = round((long) (perSecond * time.toMillis() / 1000) + 2);
        Look before = look();
        load.open(target(), round, perSecond, time);
        Figures.Row row = row(perSecond, round, before);
        System.err.printf(
                "    %s/s: delivered p50 / p99 %s ms, %s ms of CPU a message%s%s%n",
                Format.whole(perSecond),
                row.delivered().p50AndP99(),
                Format.digits(row.cpuMillis()),
                row.lost() > 0 ? ", " + row.lost() + " lost" : "",
                row.refused() > 0 ? ", " + row.refused() + " refused" : "");
        return row;
    }

    /** A closed loop; returns messages a second. */
    double closed(int window, Duration time) {
        Round round = round(time.toSeconds() * MOST_PER_SECOND);
        double perSecond = load.closed(target(), round, window, time).perSecond();
        System.err.printf("    closed loop, %,d in flight: %s/s%n", window, Format.whole(perSecond));
        return perSecond;
    }

    /** Microseconds of CPU of each process in a second without messages. */
    Map<String, Double> idle(Duration time) throws IOException, InterruptedException {
        Look before = look();
        Thread.sleep(time.toMillis());
        return cpu(before, look(), time.toMillis() / 1000.0);
    }

    private Target target() {
        return opened.target();
    }

    private Round round(long capacity) {
        return new Round(rounds++ % IDS, Math.toIntExact(capacity));
    }

    private record Look(CpuTimes processes, Duration tool) {}

    private Look look() throws IOException {
        return new Look(CpuTimes.of(opened.pids()), CpuTimes.own());
    }

    private Map<String, Double> cpu(Look before, Look after, double by) {
        Map<String, Double> micros = new TreeMap<>();
        after.processes().since(before.processes()).forEach((name, nanos) -> micros.put(name, nanos / 1e3 / by));
        if (opened.ownWork()) {
            micros.put(TOOL, toolMicros(before, after, by));
        }
        return micros;
    }

    private static double toolMicros(Look before, Look after, double by) {
        return after.tool().minus(before.tool()).toNanos() / 1e3 / by;
    }

    private Figures.Row row(double perSecond, Round round, Look before) throws IOException {
        Look after = look();
        double messages = Math.max(1, round.sent());
        return new Figures.Row(
                perSecond,
                Latency.of(round.acks()),
                Latency.of(round.deliveries()),
                round.sent(),
                Math.max(0, round.sent() - round.delivered() - round.refusals()),
                round.refusals(),
                round.overloaded(),
                round.repeated(),
                cpu(before, after, messages),
                toolMicros(before, after, messages));
    }
}
