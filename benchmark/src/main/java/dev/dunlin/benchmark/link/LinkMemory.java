package dev.dunlin.benchmark.link;

import dev.dunlin.benchmark.arrival.Arrivals;
import dev.dunlin.benchmark.arrival.Opening;
import dev.dunlin.benchmark.dialect.Dunlin;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.Histogram;
import dev.dunlin.benchmark.process.Resident;
import dev.dunlin.benchmark.report.Format;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/** Measures the memory that links take in connection-1. One thread; blocks. */
record LinkMemory(BenchmarkSuite suite, TlsPort tls, int links, int ramp) {
    static final String NODE = "connection-1";

    private static final Duration ARRIVE = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SPARE_DESCRIPTORS = 50;
    private static final int LARGEST = 30;

    /** Live heap and resident memory of links of a shape; the node is a JVM. */
    LinkFigures.Row measure(Shape shape) throws IOException, InterruptedException {
        int count = shape.count(links);
        long pid = pid();
        long descriptors = descriptors(pid) + SPARE_DESCRIPTORS;
        // A fifth connect and disconnect before: what the first ones make for good does not count.
        try (Closeable _ = open(shape, Math.max(10, count / 5))) {
            Thread.sleep(1_000);
        }
        awaitDescriptors(pid, descriptors);
        Histogram none = Histogram.of(pid);
        long before = Histogram.residentBytes(pid);
        LinkFigures.Row row;
        try (Closeable _ = open(shape, count)) {
            // What the handshakes needed is freed by then: their time-outs of 5 s take the longest.
            Thread.sleep(SETTLE.toMillis());
            Histogram all = Histogram.of(pid);
            Map<String, Double> classes = new LinkedHashMap<>();
            all.more(none, count).stream()
                    .limit(LARGEST)
                    .forEach(entry -> classes.put(entry.getKey(), entry.getValue()));
            row = new LinkFigures.Row(
                    shape.title(),
                    count,
                    Owner.more(all, none, count),
                    (Histogram.residentBytes(pid) - before) / (double) count,
                    classes);
        }
        awaitDescriptors(pid, descriptors);
        System.err.printf(
                "    %s: %,d links, %s B of live heap each%n", shape.title(), count, Format.whole(row.total()));
        return row;
    }

    /** Resident memory of the node with many plain links; also of a native one. */
    LinkFigures.Node node(String name, int count) throws IOException, InterruptedException {
        Thread.sleep(SETTLE.toMillis());
        Map<String, Long> idle = new TreeMap<>();
        suite.pids().forEach((process, pid) -> idle.put(process, Histogram.residentBytes(pid)));
        long pid = pid();
        try (Resident resident = new Resident(Map.of(NODE, pid));
                Arrivals arrivals = arrivals(Shape.WEBSOCKET, count)) {
            arrivals.arrive(ramp, ARRIVE);
            check(arrivals, count);
            Thread.sleep(SETTLE.toMillis());
            Resident.Range range = resident.ranges().getOrDefault(NODE, new Resident.Range(0, 0, 0));
            System.err.printf("    %s: %s with %,d links%n", name, Format.mebibytes(range.last()), count);
            return new LinkFigures.Node(name, idle, count, range.first(), range.most(), range.last());
        }
    }

    private Closeable open(Shape shape, int count) throws IOException {
        return switch (shape) {
            case WEBSOCKET, FIFTY, FIVE_HUNDRED -> {
                Arrivals arrivals = arrivals(shape, count);
                arrivals.arrive(Math.max(1, ramp / shape.channels().size()), ARRIVE);
                check(arrivals, count);
                yield arrivals;
            }
            case TLS, EVENT_STREAM, LONG_POLL -> http(shape, count);
        };
    }

    private static void check(Arrivals arrivals, int count) throws IOException {
        if (arrivals.missing() > 0) {
            int missing = arrivals.missing();
            arrivals.close();
            throw new IOException(missing + " of " + count + " links could not subscribe");
        }
    }

    private Arrivals arrivals(Shape shape, int count) throws IOException {
        Dunlin dialect = new Dunlin(suite::token);
        List<Opening> openings = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> Opening.of(dialect, suite.node(1), "listener-" + i, shape.channels()))
                .toList();
        return new Arrivals(openings);
    }

    private SocketLinks http(Shape shape, int count) throws IOException {
        List<String> tokens = suite.tokens("listener-", count);
        SocketLinks open =
                shape == Shape.TLS ? tls.links() : new SocketLinks(suite.node(1), SocketFactory.getDefault());
        String channel = shape.channels().getFirst();
        try {
            for (String token : tokens) {
                switch (shape) {
                    case EVENT_STREAM -> open.openStream(token, channel);
                    case LONG_POLL -> open.openPoll(token, channel);
                    default -> open.openWebSocket(token, channel);
                }
            }
            return open;
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private long pid() throws InterruptedException {
        return suite.pids().getOrDefault(NODE, 0L);
    }

    private static void awaitDescriptors(long pid, long most) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (descriptors(pid) > most) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("links were still open " + PATIENCE.toSeconds() + " s after they were closed");
            }
            Thread.sleep(50);
        }
    }

    private static long descriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        }
    }
}
