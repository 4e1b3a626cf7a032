package dev.dunlin.benchmark;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuShares;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.process.Profiler;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Result;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the durable path beside raw Kafka, and writes what it found. */
@Command(
        name = "benchmark/run",
        description =
                "Throughput and latency of publish → ack and publish → delivered on another node, beside raw Kafka in the same run.",
        mixinStandardHelpOptions = true)
final class DurablePath implements Callable<Integer> {
    @Option(names = "--rounds", description = "Rounds of each kind (${DEFAULT-VALUE}).")
    int rounds = 3;

    @Option(names = "--seconds", description = "How long a round sends (${DEFAULT-VALUE}).")
    int seconds = 10;

    @Option(
            names = "--warm",
            description = "Messages on each path before anything is measured, within a minute (${DEFAULT-VALUE}).")
    int warm = 150_000;

    @Option(names = "--window", description = "Messages under way in a closed loop (${DEFAULT-VALUE}).")
    int window = 2_000;

    @Option(
            names = "--rate",
            description = "Messages a second of the latency rounds; without it a tenth of the throughput.")
    double rate;

    @Option(names = "--only", split = ",", description = "Paths: ${DEFAULT-VALUE}.")
    List<String> only = List.of("floor", "many", "hot");

    @Option(names = "--skip", split = ",", description = "Parts to leave out: sustained, latency, stages, profile.")
    List<String> skip = List.of();

    @Option(names = "--trace", description = "Let the services log the way of each message, as the local stack does.")
    boolean trace;

    @Option(
            names = "--store",
            description = "What message-service stores the log in: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    Store store = Store.POSTGRES;

    @Option(names = "--jvm", description = "JVM options of the services (${DEFAULT-VALUE}).")
    String jvm = "-XX:TieredStopAtLevel=4 -Xmx512m";

    @Option(names = "--env", description = "PROCESS_OR_ROLE:KEY=VALUE, more than once: another variable for a process.")
    List<String> env = new ArrayList<>();

    @Option(names = "--page", description = "Also write the results here.")
    @Nullable
    Path page;

    @Override
    public Integer call() throws Exception {
        Duration time = Duration.ofSeconds(seconds);
        Page results = new Page();
        String load = Machine.load();
        try (BenchmarkSuite suite = BenchmarkSuite.start(jvm, trace, environment(), store);
                Paths paths = Paths.open(suite, only, window)) {
            paths.warmUp(warm);
            List<Result> closed = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                closed.addAll(paths.closed(time));
            }
            results.add("# The durable path")
                    .add(
                            "Measured by `benchmark/run`: %s. Load averages before the run %s, after the throughput rounds %s. Services with `%s`; trace logging %s; the log in %s."
                                    .formatted(
                                            Machine.facts(Checkout.fromSystemProperty()),
                                            load,
                                            Machine.load(),
                                            jvm,
                                            trace ? "on" : "off",
                                            store.text()))
                    .add("## Throughput, closed loop, %,d messages under way".formatted(window))
                    .throughput(closed)
                    .add(Paths.shares(closed))
                    .add("### CPU, microseconds a message")
                    .cpu(closed)
                    .add("### message-service's own timers")
                    .means(closed);
            System.out.println(results.text());
            double best = Paths.median(closed, "many");
            if (!skip.contains("sustained")) {
                results.add("## The highest rate at which nothing queues up").throughput(paths.sustained(best, time));
            }
            double tenth = rate > 0 ? rate : best / 10;
            if (!skip.contains("latency")) {
                List<Result> open = new ArrayList<>();
                for (int i = 0; i < rounds; i++) {
                    open.addAll(paths.open(tenth, time));
                }
                results.add("## Latency, open loop, milliseconds").latency(open).add(Paths.ratios(open));
                results.cpu(open).means(open);
            }
            if (only.contains("many") && !skip.contains("stages")) {
                results.add("## Where the time goes, milliseconds").stages(paths.stages(tenth, time));
            }
            if (only.contains("many") && !skip.contains("profile")) {
                results.add("## Where the CPU goes, shares of each process").shares(profile(suite, paths, time));
            }
        }
        System.out.println(results.text());
        if (page != null) {
            Files.writeString(page, results.text());
        }
        return 0;
    }

    private Map<String, Map<String, String>> environment() {
        Map<String, Map<String, String>> environment = new HashMap<>();
        for (String one : env) {
            String[] parts = one.split("[:=]", 3);
            environment.computeIfAbsent(parts[0], key -> new HashMap<>()).put(parts[1], parts[2]);
        }
        return environment;
    }

    private static Map<String, Map<String, Double>> profile(BenchmarkSuite suite, Paths paths, Duration time)
            throws Exception {
        Map<String, Long> pids = new LinkedHashMap<>(suite.pids());
        pids.keySet().retainAll(List.of("message-service", "connection-1", "connection-2", "push-service", "kafka"));
        Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
        try (Profiler profiler = new Profiler()) {
            for (long pid : pids.values()) {
                profiler.start(pid);
            }
            paths.closedOf("many", time);
            for (Map.Entry<String, Long> process : pids.entrySet()) {
                shares.put(process.getKey(), CpuShares.of(profiler.stop(process.getValue())));
            }
        }
        return shares;
    }
}
