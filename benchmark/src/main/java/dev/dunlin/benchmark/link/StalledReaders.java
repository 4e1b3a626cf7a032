package dev.dunlin.benchmark.link;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.Histogram;
import dev.dunlin.benchmark.process.Metrics;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.swarm.Member;
import dev.dunlin.benchmark.swarm.StalledLinks;
import dev.dunlin.benchmark.swarm.Swarm;
import dev.dunlin.benchmark.swarm.SwarmOptions;
import dev.dunlin.benchmark.websocket.Link;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What clients that do not read cost a node, and what those that read notice. Blocks. */
record StalledReaders(BenchmarkSuite suite) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CHANNEL = "room:stalled";
    private static final int STALLED = 200;
    private static final int BYTES = 20_000;
    private static final int MESSAGES = 150;
    private static final int OTHERS = 100;
    private static final int RAMP = 500;

    /** Measures, and returns it as a part of the page. */
    String measure() throws IOException, InterruptedException {
        long pid = suite.pids().getOrDefault(LinkMemory.NODE, 0L);
        Member listener = new Member(suite.token("listener"), CHANNEL);
        publish();
        try (Swarm others = new Swarm(
                new SwarmOptions(List.of(suite.node(1)), RAMP, Duration.ofSeconds(1)),
                Collections.nCopies(OTHERS, listener))) {
            await(() -> others.tally().subscribed() == OTHERS, OTHERS + " links to be subscribed");
            long[] alone = times(others);
            Histogram before = Histogram.of(pid);
            long residentBefore = Histogram.residentBytes(pid);
            double closedBefore = closedAsSlow();
            try (StalledLinks _ = new StalledLinks(suite.node(1), Collections.nCopies(STALLED, listener))) {
                long[] beside = times(others);
                long resident = Histogram.residentBytes(pid) - residentBefore;
                return new Page()
                        .heading("## %d clients that do not read".formatted(STALLED))
                        .paragraph(
                                "%d messages of %,d bytes went to them and to %d others that read. %s of them were closed as too slow. The live heap grew by %s, the resident memory by %s."
                                        .formatted(
                                                MESSAGES,
                                                BYTES,
                                                OTHERS,
                                                Format.whole(closedAsSlow() - closedBefore),
                                                Format.mebibytes(
                                                        Histogram.of(pid).total() - before.total()),
                                                Format.mebibytes(resident)))
                        .table(
                                List.of(
                                        "published → delivered to all %d others".formatted(OTHERS),
                                        "p50",
                                        "p90",
                                        "max"),
                                List.of(quantiles("alone", alone), quantiles("beside them", beside)))
                        .text();
            }
        }
    }

    private double closedAsSlow() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return Metrics.of(http, suite.stack().managementUrl(LinkMemory.NODE), "dunlin_outbox_closed_total")
                    .values()
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }
    }

    private long[] times(Swarm others) throws IOException, InterruptedException {
        long[] nanos = new long[MESSAGES];
        for (int i = 0; i < nanos.length; i++) {
            long expected = others.tally().messages() + others.size();
            long begin = System.nanoTime();
            publish();
            await(() -> others.tally().messages() >= expected, "a message to reach the others");
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static List<String> quantiles(String name, long[] sorted) {
        return List.of(
                name,
                Format.digits(sorted[sorted.length / 2] / 1e6) + " ms",
                Format.digits(sorted[sorted.length * 9 / 10] / 1e6) + " ms",
                Format.digits(sorted[sorted.length - 1] / 1e6) + " ms");
    }

    /** Publishes through another node, each time on a new link. */
    private void publish() throws IOException {
        Link link = Link.open(suite.node(2), Upgrade.dunlin(suite.token("publisher")));
        link.send(("{\"type\":\"publish\",\"ref\":1,\"channel\":\"" + CHANNEL + "\",\"id\":\""
                        + Long.toString(System.nanoTime(), 36) + "\",\"data\":\""
                        + "x".repeat(BYTES) + "\"}")
                .getBytes(StandardCharsets.US_ASCII));
        link.close();
    }

    private static void await(BooleanSupplier condition, String what) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("waited in vain for " + what);
            }
            Thread.sleep(5);
        }
    }
}
