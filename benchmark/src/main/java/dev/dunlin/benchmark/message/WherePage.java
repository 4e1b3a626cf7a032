package dev.dunlin.benchmark.message;

import dev.dunlin.benchmark.load.Load;
import dev.dunlin.benchmark.load.Round;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuShares;
import dev.dunlin.benchmark.process.Profiler;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Latency;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.tap.StageTimes;
import dev.dunlin.benchmark.tap.Taps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * Where the time and the CPU of Dunlin go, in separate rounds: a second consumer of the commands
 * and a second subscriber of the bus note when they see each message, and async-profiler samples
 * the JVMs.
 */
final class WherePage {
    private static final double RATE = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> PROFILED =
            List.of("message-service", "connection-1", "connection-2", "push-service", "presence-service", "kafka");

    private WherePage() {}

    /** A heading with a table below it. */
    record Section(String heading, List<String> head, List<List<String>> rows) {
        void write(Page page) {
            page.heading(heading).table(head, rows);
        }
    }

    static List<Section> of(String name, BenchmarkSuite suite, Opened opened, Duration time)
            throws IOException, InterruptedException {
        List<Section> sections = new ArrayList<>(List.of(stages(name, suite, opened, time)));
        if (!name.contains("native")) {
            sections.add(profile(name, suite, opened, time));
        }
        return sections;
    }

    private static Section stages(String name, BenchmarkSuite suite, Opened opened, Duration time)
            throws IOException, InterruptedException {
        Round round = round(98, time);
        StageTimes times = new StageTimes(round);
        try (Taps taps = new Taps(suite.kafka(), suite.redisPort(), times)) {
            taps.listen();
            open(opened, round, time);
        }
        StageTimes.Stages stages = times.stages();
        return new Section(
                "## " + name + ": where the time goes at 300/s, in ms",
                List.of("stage", "p50 / p99"),
                List.of(
                        row("publisher → node 1 → command read from Kafka", stages.toKafka()),
                        row("command → event on the bus (message-service)", stages.toBus()),
                        row("bus → node 2 → subscriber", stages.toClient())));
    }

    private static List<String> row(String name, Histogram times) {
        return List.of(name, Latency.of(times).p50AndP99());
    }

    private static Section profile(String name, BenchmarkSuite suite, Opened opened, Duration time)
            throws IOException, InterruptedException {
        Map<String, Long> pids = new LinkedHashMap<>(suite.pids());
        pids.keySet().retainAll(PROFILED);
        List<List<String>> rows = new ArrayList<>();
        try (Profiler profiler = new Profiler()) {
            for (long pid : pids.values()) {
                profiler.start(pid);
            }
            open(opened, round(99, time), time);
            for (Map.Entry<String, Long> process : pids.entrySet()) {
                rows.add(List.of(process.getKey(), shares(CpuShares.of(profiler.stop(process.getValue())))));
            }
        }
        return new Section(
                "## " + name + ": where the CPU goes at 300/s (async-profiler, innermost known frame)",
                List.of("process", "shares"),
                rows);
    }

    private static String shares(Map<String, Double> shares) {
        return shares.entrySet().stream()
                .filter(share -> share.getValue() >= 0.01)
                .map(share -> share.getKey() + " " + Format.whole(share.getValue() * 100) + " %")
                .collect(Collectors.joining(", "));
    }

    /** An id that comes twice is delivered once: each round has its own number. */
    private static Round round(int number, Duration time) {
        return new Round(number, Math.toIntExact(Math.round(RATE * time.toSeconds()) + 1));
    }

    private static void open(Opened opened, Round round, Duration time) {
        new Load(PATIENCE, () -> Thread.currentThread().isInterrupted()).open(opened.target(), round, RATE, time);
    }
}
