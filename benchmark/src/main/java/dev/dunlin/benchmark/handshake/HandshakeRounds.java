package dev.dunlin.benchmark.handshake;

import dev.dunlin.benchmark.arrival.Arrivals;
import dev.dunlin.benchmark.arrival.Opening;
import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.dialect.Dunlin;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Latency;
import dev.dunlin.benchmark.server.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The rounds of one server: to warm up, at a rate, in a burst. One thread; blocks. */
record HandshakeRounds(int clients, int rate, int warm, boolean withBurst) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    /** A server that uses less CPU than this is done with the links that were closed. */
    private static final double IDLE_NANOS_A_SECOND = 150e6;

    private static final int MOST_SETTLES = 15;
    /** Rounds at the rate that warm up. A burst warms up large batches only. */
    private static final int PACED_TO_WARM_UP = 3;

    private static final int USERS_A_CHANNEL = 10;

    HandshakeFigures.Measured measure(String name, Server server) throws IOException, InterruptedException {
        System.err.printf("  warming up with %d clients%n", warm);
        int first = Math.min(clients, warm);
        int missing = round(server, server.dialect(), first, rate).missing();
        if (missing > first / 2) {
            throw new IOException(missing + " of " + first + " clients could not subscribe to " + name);
        }
        Dialect known = server.dialect().forKnownUsers();
        for (int before = first; before < warm; before += first) {
            round(server, known, first, 0);
        }
        for (int i = 0; i < PACED_TO_WARM_UP; i++) {
            round(server, known, first, rate);
        }
        HandshakeFigures.Row paced = round(server, known, first, rate);
        HandshakeFigures.Row burst = withBurst ? round(server, known, first, 0) : null;
        return new HandshakeFigures.Measured(name, null, paced, burst);
    }

    private static HandshakeFigures.Row round(Server server, Dialect dialect, int clients, double perSecond)
            throws IOException, InterruptedException {
        List<Opening> openings = IntStream.range(0, clients)
                .parallel()
                .mapToObj(i -> Opening.of(dialect, server.node(1), "arrival-" + i, List.of(channel(dialect, i))))
                .toList();
        try (Arrivals arrivals = new Arrivals(openings)) {
            CpuTimes before = CpuTimes.of(server.pids());
            arrivals.arrive(perSecond, PATIENCE);
            Map<String, Double> micros = new TreeMap<>();
            CpuTimes.of(server.pids())
                    .since(before)
                    .forEach((process, nanos) -> micros.put(process, nanos / 1e3 / Math.max(1, arrivals.subscribed())));
            HandshakeFigures.Row row = new HandshakeFigures.Row(
                    perSecond, clients, Latency.of(arrivals.times()), arrivals.missing(), arrivals.repeated(), micros);
            System.err.printf(
                    "    %s: subscribed p50 / p99 %s ms, %s µs of CPU a client%s%n",
                    perSecond > 0 ? Format.whole(perSecond) + "/s" : "all at once",
                    row.subscribed().p50AndP99(),
                    Format.whole(row.sum()),
                    row.missing() > 0 ? ", " + row.missing() + " missing" : "");
            return row;
        } finally {
            settle(server);
        }
    }

    /** Waits until the ends of the links are dealt with: they belong to no handshake. */
    private static void settle(Server server) throws IOException, InterruptedException {
        double nanos = Double.MAX_VALUE;
        for (int i = 0; i < MOST_SETTLES && nanos > IDLE_NANOS_A_SECOND * SETTLE.toSeconds(); i++) {
            CpuTimes before = CpuTimes.of(server.pids());
            Thread.sleep(SETTLE.toMillis());
            nanos = CpuTimes.of(server.pids()).since(before).values().stream()
                    .mapToDouble(Number::doubleValue)
                    .sum();
        }
    }

    /** A room of XMPP has no namespace, and by default at most 200 occupants. */
    private static String channel(Dialect dialect, int user) {
        return (dialect instanceof Dunlin ? "room:" : "") + "handshake-" + user / USERS_A_CHANNEL;
    }
}
