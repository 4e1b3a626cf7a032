package dev.dunlin.benchmark;

import dev.dunlin.benchmark.floor.Floor;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.benchmark.process.Histogram;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.process.Metrics;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.swarm.Member;
import dev.dunlin.benchmark.swarm.StalledLinks;
import dev.dunlin.benchmark.swarm.Swarm;
import dev.dunlin.benchmark.swarm.SwarmOptions;
import dev.dunlin.benchmark.websocket.Link;
import dev.dunlin.benchmark.websocket.Upgrade;
import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a link costs a connection node: memory while it is idle, CPU to admit it, CPU for
 * each delivery.
 */
@Command(
        name = "links",
        description = "Memory of an idle link, CPU of a handshake and of a delivery, on one connection node.",
        mixinStandardHelpOptions = true)
final class LinkCosts implements Callable<Integer> {
    private static final String CHANNEL = "room:benchmark";
    private static final String NODE = "connection-1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(8);
    private static final int LARGEST = 45;
    private static final int STALLED = 200;
    private static final int STALLED_BYTES = 20_000;
    private static final int STALLED_MESSAGES = 150;
    private static final int OTHERS = 100;

    @Option(names = "--links", description = "How many, each of a user of its own (${DEFAULT-VALUE}).")
    int count = 10_000;

    @Option(names = "--ramp", description = "Handshakes a second (${DEFAULT-VALUE}).")
    int ramp = 500;

    @Option(names = "--messages", description = "Messages to all of them, one after the other (${DEFAULT-VALUE}).")
    int messages = 20;

    @Option(names = "--bytes", description = "Of a message's data (${DEFAULT-VALUE}).")
    int bytes = 200;

    @Option(names = "--jvm", description = "JVM options of the services (${DEFAULT-VALUE}).")
    String jvm = "-XX:TieredStopAtLevel=4 -Xmx512m -XX:+UseCompactObjectHeaders";

    @Option(names = "--page", description = "Also write the results here.")
    @Nullable
    Path page;

    @Override
    public Integer call() throws Exception {
        Page results = new Page();
        results.add("# What a link costs")
                .add(
                        "Measured by `benchmark/links --links %d --ramp %d --messages %d --bytes %d`: %s. Load averages before %s. Services with `%s`."
                                .formatted(
                                        count,
                                        ramp,
                                        messages,
                                        bytes,
                                        Machine.facts(Checkout.fromSystemProperty()),
                                        Machine.load(),
                                        jvm));
        try (BenchmarkSuite suite = BenchmarkSuite.start(BenchmarkSuite.Setup.jvm(jvm))) {
            measure(suite, results);
            stall(suite, results);
        }
        results.add("Load averages after %s.".formatted(Machine.load()));
        System.out.println(results.text());
        if (page != null) {
            Files.writeString(page, results.text());
        }
        return 0;
    }

    private void measure(BenchmarkSuite suite, Page results) throws IOException, InterruptedException {
        List<Member> members = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> new Member(suite.token("listener-" + i), CHANNEL))
                .toList();
        publish(suite, CHANNEL, bytes);
        long pid = suite.pids().getOrDefault(NODE, 0L);
        long idle = descriptors(pid) + 50;
        try (Swarm warm = swarm(suite, members.subList(0, count / 5))) {
            deliver(suite, warm, 5);
        }
        await(() -> descriptors(pid) <= idle, "the first links to be gone");
        Histogram none = Histogram.of(pid);
        long residentBefore = Histogram.residentBytes(pid);
        Duration cpuBefore = cpu(pid);
        try (Swarm swarm = swarm(suite, members)) {
            Duration admission = cpu(pid).minus(cpuBefore).dividedBy(count);
            // What the handshakes needed is freed by then: their time-outs of 5 s take the longest.
            // There is no condition to wait for.
            Thread.sleep(SETTLE);
            Histogram all = Histogram.of(pid);
            long resident = Histogram.residentBytes(pid) - residentBefore;
            long live = (all.total() - none.total()) / count;
            System.err.printf(
                    "  %d links: %d B of live heap each, %s of CPU to admit one%n", count, live, micros(admission));
            deliver(suite, swarm, 3);
            Duration before = cpu(pid);
            deliver(suite, swarm, messages);
            Duration delivery = cpu(pid).minus(before).dividedBy((long) count * messages);
            Duration floor = Floor.ofOneWrite(Math.min(count, 8_000), bytes + 150, messages);
            results.add("| | |\n|---|---|\n"
                    + row("live heap of an idle link, with its session and one subscription", live + " B")
                    + row("resident memory of the process for each", resident / count + " B")
                    + row("CPU of a handshake, with JWT check, session and subscription", micros(admission))
                    + row("CPU of a delivery", micros(delivery))
                    + row("CPU of one `write()` in a plain loop (the floor)", micros(floor))
                    + row("a delivery in floors", "%.2f".formatted((double) delivery.toNanos() / floor.toNanos()))
                    + row(
                            "messages broken, links lost, handshakes or subscriptions repeated",
                            swarm.tally().broken() + ", " + swarm.tally().lost() + ", "
                                    + swarm.tally().refused()));
            results.add("## What the heap of a link is made of").add(classes(all.more(none, count)));
        }
        await(() -> descriptors(pid) <= idle, "the links to be gone");
        results.add("After all links had gone the live heap was %,d B larger than before they came."
                .formatted(Histogram.of(pid).total() - none.total()));
    }

    private static String classes(List<Map.Entry<String, Double>> bytes) {
        StringBuilder rows = new StringBuilder("| class | bytes a link |\n|---|---|\n");
        bytes.stream()
                .limit(LARGEST)
                .forEach(entry -> rows.append(row("`" + entry.getKey() + "`", "%.1f".formatted(entry.getValue()))));
        return rows.toString();
    }

    /** What clients that take nothing cost, and what the others notice of them. */
    private void stall(BenchmarkSuite suite, Page results) throws IOException, InterruptedException {
        String channel = "room:stalled";
        publish(suite, channel, STALLED_BYTES);
        long pid = suite.pids().getOrDefault(NODE, 0L);
        Member listener = new Member(suite.token("listener"), channel);
        try (Swarm others = swarm(suite, Collections.nCopies(OTHERS, listener))) {
            long[] alone = times(suite, others, channel);
            Histogram before = Histogram.of(pid);
            long residentBefore = Histogram.residentBytes(pid);
            double closedBefore = closedAsSlow(suite);
            try (StalledLinks _ = new StalledLinks(suite.node(1), Collections.nCopies(STALLED, listener))) {
                long[] beside = times(suite, others, channel);
                long resident = Histogram.residentBytes(pid) - residentBefore;
                double closed = closedAsSlow(suite) - closedBefore;
                results.add("## %d clients that take nothing".formatted(STALLED))
                        .add(
                                "%d messages of %,d bytes went to them and to %d others that read; %.0f of them were closed as too slow, and the live heap was %,d B larger in the end, the resident memory %,d B."
                                        .formatted(
                                                STALLED_MESSAGES,
                                                STALLED_BYTES,
                                                OTHERS,
                                                closed,
                                                Histogram.of(pid).total() - before.total(),
                                                resident))
                        .add("| publish → delivered to all %d others | p50 | p90 | max |\n|---|---|---|---|\n%s%s"
                                .formatted(OTHERS, quantiles("alone", alone), quantiles("beside them", beside)));
            }
        }
    }

    private static double closedAsSlow(BenchmarkSuite suite) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return Metrics.of(http, suite.stack().managementUrl("connection-1"), "dunlin_outbox_closed_total")
                    .values()
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }
    }

    private long[] times(BenchmarkSuite suite, Swarm others, String channel) throws IOException, InterruptedException {
        long[] nanos = new long[STALLED_MESSAGES];
        for (int i = 0; i < nanos.length; i++) {
            long expected = others.tally().messages() + others.size();
            long begin = System.nanoTime();
            publish(suite, channel, STALLED_BYTES);
            await(() -> others.tally().messages() >= expected, "a message to reach the others");
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static String quantiles(String name, long[] sorted) {
        return "| %s | %.1f ms | %.1f ms | %.1f ms |%n"
                .formatted(
                        name,
                        sorted[sorted.length / 2] / 1e6,
                        sorted[sorted.length * 9 / 10] / 1e6,
                        sorted[sorted.length - 1] / 1e6);
    }

    /** Publishes through another node, on a link of its own each time. */
    private static void publish(BenchmarkSuite suite, String channel, int bytes) throws IOException {
        Link link = Link.open(suite.node(2), Upgrade.dunlin(suite.token("publisher")));
        link.send(("{\"type\":\"publish\",\"ref\":1,\"channel\":\"" + channel + "\",\"id\":\""
                        + Long.toString(System.nanoTime(), 36) + "\",\"data\":\""
                        + "x".repeat(bytes) + "\"}")
                .getBytes(StandardCharsets.US_ASCII));
        link.close();
    }

    private Swarm swarm(BenchmarkSuite suite, List<Member> members) throws IOException, InterruptedException {
        Swarm swarm = new Swarm(new SwarmOptions(List.of(suite.node(1)), ramp, Duration.ofSeconds(1)), members);
        await(() -> swarm.tally().subscribed() == members.size(), members.size() + " links to be subscribed");
        return swarm;
    }

    private void deliver(BenchmarkSuite suite, Swarm swarm, int rounds) throws IOException, InterruptedException {
        for (int i = 0; i < rounds; i++) {
            long expected = swarm.tally().messages() + swarm.size();
            publish(suite, CHANNEL, bytes);
            await(() -> swarm.tally().messages() >= expected, "a message to reach all");
        }
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            Thread.sleep(5);
        }
    }

    private static long descriptors(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration cpu(long pid) throws IOException {
        return CpuTimes.of(Map.of(NODE, pid)).getOrDefault(NODE, Duration.ZERO);
    }

    private static String row(String name, String value) {
        return "| " + name + " | " + value + " |\n";
    }

    private static String micros(Duration time) {
        return String.format(Locale.ROOT, "%.1f µs", time.toNanos() / 1_000.0);
    }
}
