package dev.dunlin.benchmark;

import dev.dunlin.benchmark.floor.EngineTarget;
import dev.dunlin.benchmark.load.Load;
import dev.dunlin.benchmark.load.Round;
import dev.dunlin.benchmark.load.Target;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.benchmark.process.Metrics;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Result;
import dev.dunlin.benchmark.tap.StageTimes;
import dev.dunlin.benchmark.tap.Taps;
import dev.dunlin.benchmark.websocket.WebSocketTarget;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * The paths that are measured side by side: raw Kafka, the suite with many channels, the suite with
 * one hot channel.
 */
final class Paths implements AutoCloseable {
    private static final String TOOL = "load tool";
    private static final int BYTES = 200;
    private static final int CHANNELS = 100;
    private static final int LINKS = 8;
    private static final int MOST_PER_SECOND = 400_000;
    private static final int MOST_SUITE_PER_SECOND = 80_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ROUNDS = 100;
    private static final double STEP_DOWN = 0.85;
    private static final int MOST_STEPS = 8;
    private static final long QUEUED_NANOS = 500_000_000;

    private final BenchmarkSuite suite;
    private final List<Target> targets = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final int window;
    private final Load load = new Load(PATIENCE, () -> Thread.currentThread().isInterrupted());
    private final HttpClient http = HttpClient.newHttpClient();
    private int rounds;

    private Paths(BenchmarkSuite suite, int window) {
        this.suite = suite;
        this.window = window;
    }

    /** Opens the named paths. */
    static Paths open(BenchmarkSuite suite, List<String> names, int window)
            throws IOException, InterruptedException, ExecutionException {
        Paths paths = new Paths(suite, window);
        try {
            if (names.contains("floor")) {
                paths.add(new EngineTarget("floor", suite.kafka(), CHANNELS, BYTES));
            }
            if (names.contains("many")) {
                paths.add(suiteTarget(suite, "many", CHANNELS, LINKS));
            }
            if (names.contains("hot")) {
                paths.add(suiteTarget(suite, "hot", 1, 1));
            }
            return paths;
        } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
            paths.close();
            throw e;
        }
    }

    private void add(EngineTarget target) {
        targets.add(target);
        open.add(target);
    }

    private void add(WebSocketTarget target) {
        targets.add(target);
        open.add(target);
    }

    private static WebSocketTarget suiteTarget(BenchmarkSuite suite, String name, int channels, int subscribers)
            throws IOException, InterruptedException {
        List<String> names = IntStream.range(0, channels)
                .mapToObj(i -> "room:%s-%03d".formatted(name, i))
                .toList();
        return new WebSocketTarget(
                new WebSocketTarget.Plan(name, names, LINKS, subscribers, BYTES),
                suite.node(1),
                suite.node(2),
                suite::token);
    }

    /** Sends on each path until its code is compiled: for a number of messages, within a minute. */
    void warmUp(int messages) {
        for (Target target : targets) {
            long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
            int sent = 0;
            while (sent < messages && System.nanoTime() < end) {
                Round round = round(target, STEP);
                Load.Closed closed = load.closed(target, round, window, STEP);
                sent += round.sent();
                System.err.printf("  warming up %s: %,.0f/s%n", target.name(), closed.perSecond());
            }
        }
    }

    /** One closed loop of each path. */
    List<Result> closed(Duration time) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Target target : targets) {
            results.add(closed(target, time));
        }
        return results;
    }

    /** A closed loop of one path; nothing if that path is not open. */
    void closedOf(String name, Duration time) throws IOException, InterruptedException {
        for (Target target : targets) {
            if (target.name().equals(name)) {
                closed(target, time);
            }
        }
    }

    private Result closed(Target target, Duration time) throws IOException, InterruptedException {
        Round round = round(target, time);
        Look before = look();
        Load.Closed closed = load.closed(target, round, window, time);
        return result(target, closed.perSecond(), round, before);
    }

    /** One open loop of each path. */
    List<Result> open(double perSecond, Duration time) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Target target : targets) {
            results.add(open(target, perSecond, time));
        }
        return results;
    }

    private Result open(Target target, double perSecond, Duration time) throws IOException, InterruptedException {
        Round round = round(target, time);
        Look before = look();
        load.open(target, round, perSecond, time);
        return result(target, perSecond, round, before);
    }

    /**
     * For each path of the suite the highest of a falling row of rates at which 99 of 100 messages
     * were delivered within half a second of when they were due, and none was lost; the rates that
     * did not hold come before it.
     */
    List<Result> sustained(double from, Duration time) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Target target : targets) {
            double perSecond = from;
            boolean holds = !(target instanceof WebSocketTarget);
            for (int step = 0; step < MOST_STEPS && !holds; step++) {
                Result result = open(target, perSecond, time);
                results.add(result);
                holds = result.lost() == 0 && result.deliveries().getValueAtPercentile(99) < QUEUED_NANOS;
                perSecond *= STEP_DOWN;
            }
        }
        return results;
    }

    /** A round with many channels at a fixed rate, listened to between the services. */
    StageTimes.Stages stages(double perSecond, Duration time) throws IOException, InterruptedException {
        Target target = targets.stream()
                .filter(one -> one.name().equals("many"))
                .findFirst()
                .orElseThrow();
        Round round = round(target, time);
        StageTimes times = new StageTimes(round);
        try (Taps taps = new Taps(suite.kafka(), suite.redisPort(), times)) {
            taps.listen();
            load.open(target, round, perSecond, time);
        }
        return times.stages();
    }

    private Round round(Target target, Duration time) {
        int most = target instanceof WebSocketTarget ? MOST_SUITE_PER_SECOND : MOST_PER_SECOND;
        return new Round(rounds++ % ROUNDS, Math.toIntExact(time.toSeconds() * most));
    }

    private record Look(Map<String, Duration> cpu, Map<String, Double> metrics) {}

    private Look look() throws IOException, InterruptedException {
        Map<String, Duration> cpu = new HashMap<>(CpuTimes.of(suite.pids()));
        cpu.put(TOOL, ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return new Look(cpu, Metrics.of(http, suite.stack().managementUrl("message-service"), "dunlin_batch"));
    }

    private Result result(Target target, double perSecond, Round round, Look before)
            throws IOException, InterruptedException {
        Look after = look();
        Map<String, Double> cpu = new TreeMap<>();
        after.cpu()
                .forEach((name, time) -> cpu.put(
                        name,
                        time.minus(before.cpu().getOrDefault(name, Duration.ZERO))
                                        .toNanos()
                                / 1e3
                                / Math.max(1, round.sent())));
        Result result =
                Result.of(target.name(), perSecond, round, cpu, Metrics.means(before.metrics(), after.metrics()));
        System.err.printf(
                "  %s: %,.0f/s, delivered p50 %s ms, p99 %s ms, %.0f µs of CPU a message%n",
                target.name(),
                perSecond,
                Page.millis(result.deliveries(), 50),
                Page.millis(result.deliveries(), 99),
                result.cpuInAll());
        return result;
    }

    /** The middle throughput of one path's rounds. */
    static double median(List<Result> results, String target) {
        return medianOf(results, target, Result::perSecond);
    }

    /** How the suite's latencies compare with the floor's, by the middle of the rounds. */
    static String ratios(List<Result> results) {
        StringBuilder text = new StringBuilder();
        for (String target : List.of("many", "hot")) {
            text.append("%s: ack p50 %s times the floor's, delivered p50 %s times the floor's. "
                    .formatted(
                            target,
                            Page.hundredth(ratio(results, target, Result::acks)),
                            Page.hundredth(ratio(results, target, Result::deliveries))));
        }
        return text.toString();
    }

    /**
     * How much of the floor's throughput the suite has, and what the tool itself took, by the
     * middle of the rounds.
     */
    static String shares(List<Result> results) {
        StringBuilder text = new StringBuilder();
        for (String target : List.of("many", "hot")) {
            text.append("%s: %s messages/s, %s %% of the floor's; the load tool took %s %% of the CPU. "
                    .formatted(
                            target,
                            Page.whole(median(results, target)),
                            Page.hundredth(100 * median(results, target) / median(results, "floor")),
                            Page.whole(100
                                    * medianOf(results, target, one -> one.cpu().getOrDefault(TOOL, 0.0))
                                    / medianOf(results, target, Result::cpuInAll))));
        }
        return text.toString();
    }

    private static double ratio(
            List<Result> results, String target, java.util.function.Function<Result, Histogram> times) {
        ToDoubleFunction<Result> p50 = result -> times.apply(result).getValueAtPercentile(50);
        return medianOf(results, target, p50) / medianOf(results, "floor", p50);
    }

    private static double medianOf(List<Result> results, String target, ToDoubleFunction<Result> value) {
        double[] sorted = results.stream()
                .filter(result -> result.target().equals(target))
                .mapToDouble(value)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    @Override
    public void close() throws IOException {
        http.close();
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
