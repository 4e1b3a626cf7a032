package dev.dunlin.benchmark.fanout;

import dev.dunlin.benchmark.arrival.Arrivals;
import dev.dunlin.benchmark.arrival.Opening;
import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.dialect.Dunlin;
import dev.dunlin.benchmark.dialect.Turn;
import dev.dunlin.benchmark.load.Pace;
import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Latency;
import dev.dunlin.benchmark.server.Server;
import dev.dunlin.benchmark.websocket.Link;
import dev.dunlin.benchmark.websocket.LinkLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Subscribers of one channel on node 1 of a server, and a publisher on node 2. One thread; blocks.
 *
 * @param bytes of a delivered text
 * @param warm messages before those that count, while the JIT compiler still takes CPU
 */
record FanOut(int links, int pacedLinks, int bytes, int messages, double rate, Duration time, int ramp, int warm) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ARRIVE = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = 500_000;
    private static final int TRIALS = 25;
    // Numbers of rounds. An id that comes twice is delivered once, so no two are the same.
    private static final int BURSTS = 96;
    private static final int TRIAL = 97;
    private static final int WARM_ROUND = 98;
    private static final int PACED = 99;

    FanOutFigures.Measured measure(String name, Server server) throws IOException, InterruptedException {
        FanOutFigures.Row bursts = with(server, "fanout-bursts", links, this::bursts);
        FanOutFigures.Row paced = with(server, "fanout-paced", pacedLinks, this::paced);
        return new FanOutFigures.Measured(name, null, bursts, paced);
    }

    private interface Part {
        FanOutFigures.Row run(Server server, Room room) throws IOException, InterruptedException;
    }

    /** An open channel: who publishes, what, and what was heard. */
    private record Room(int links, Link publisher, Payload.Template message, Deliveries heard) {
        void publish(int number, long due) {
            heard.sending(number, due);
            publisher.send(message.with(heard.round(), number));
        }

        /** Waits for a number of deliveries; returns how many are missing. */
        long await(long expected) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (heard.count() < expected && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return expected - heard.count();
        }
    }

    private FanOutFigures.Row with(Server server, String name, int count, Part part)
            throws IOException, InterruptedException {
        Dialect dialect = server.dialect();
        String channel = dialect instanceof Dunlin ? "room:" + name : name;
        Deliveries heard = new Deliveries(dialect.beforeId());
        System.err.printf("    opening %,d links%n", count);
        List<Opening> openings = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> Opening.of(dialect, server.node(1), "subscriber-" + i, List.of(channel)))
                .toList();
        try (Arrivals arrivals = new Arrivals(openings, heard);
                LinkLoop loop = new LinkLoop("publisher", new Unheard())) {
            Link publisher = publisher(server, dialect, channel);
            loop.add(publisher);
            arrivals.arrive(ramp, ARRIVE);
            if (arrivals.missing() > 0) {
                throw new IOException(arrivals.missing() + " of " + count + " links could not subscribe");
            }
            Room trial = new Room(count, publisher, dialect.publish(channel, bytes), heard);
            warm(trial, TRIAL, TRIALS);
            int data = Math.max(20, 2 * bytes - heard.frameBytes());
            Room room = new Room(count, publisher, dialect.publish(channel, data), heard);
            warm(room, WARM_ROUND, warm);
            return part.run(server, room);
        }
    }

    private static Link publisher(Server server, Dialect dialect, String channel) throws IOException {
        Link link = Link.open(server.node(2), dialect.upgrade("publisher"));
        for (Turn turn : dialect.greeting("publisher")) {
            if (!link.await(turn::isAnsweredBy, PATIENCE)) {
                throw new IOException("the publisher of " + channel + " was not welcomed");
            }
        }
        return link;
    }

    private static void warm(Room room, int round, int count) {
        room.heard().begin(round);
        for (int i = 0; i < count; i++) {
            room.publish(i, System.nanoTime());
            var unused = room.await((i + 1L) * room.links());
        }
    }

    private FanOutFigures.Row bursts(Server server, Room room) throws IOException, InterruptedException {
        double[] first = new double[messages];
        double[] last = new double[messages];
        Histogram all = new Histogram(PATIENCE.toNanos() * 2, 3);
        long missing = 0;
        CpuTimes before = CpuTimes.of(server.pids());
        for (int i = 0; i < messages; i++) {
            room.heard().begin(i % BURSTS);
            room.publish(i, System.nanoTime());
            missing += room.await(room.links());
            Histogram times = room.heard().times();
            first[i] = times.getMinValue() / 1e6;
            last[i] = times.getMaxValue() / 1e6;
            all.add(times);
        }
        return row(server, room, before, messages, missing, middle(first), Latency.of(all), middle(last));
    }

    private FanOutFigures.Row paced(Server server, Room room) throws IOException, InterruptedException {
        room.heard().begin(PACED);
        CpuTimes before = CpuTimes.of(server.pids());
        int sent = Pace.keep(
                rate, time, Integer.MAX_VALUE, () -> Thread.currentThread().isInterrupted(), room::publish);
        long missing = room.await((long) sent * room.links());
        Latency delivered = Latency.of(room.heard().times());
        return row(server, room, before, sent, missing, 0, delivered, delivered.max());
    }

    private static FanOutFigures.Row row(
            Server server,
            Room room,
            CpuTimes before,
            int sent,
            long missing,
            double first,
            Latency delivered,
            double last)
            throws IOException, InterruptedException {
        double deliveries = Math.max(1, (double) sent * room.links() - missing);
        Map<String, Double> micros = new TreeMap<>();
        CpuTimes.of(server.pids())
                .since(before)
                .forEach((process, nanos) -> micros.put(process, nanos / 1e3 / deliveries));
        FanOutFigures.Row row = new FanOutFigures.Row(
                room.links(), sent, room.heard().frameBytes(), micros, first, delivered, last, missing);
        System.err.printf(
                "    %d messages to %,d links: %s µs of CPU a delivery in the server, p50 / p99 %s ms, last %s ms%s%n",
                sent,
                room.links(),
                Format.digits(row.server()),
                delivered.p50AndP99(),
                Format.digits(last),
                missing > 0 ? ", " + missing + " missing" : "");
        return row;
    }

    private static double middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Acks of the publisher. */
    private static final class Unheard implements LinkLoop.Texts {
        @Override
        public void text(Link link, byte[] bytes, int from, int to) {
            if (new String(bytes, from, to - from, StandardCharsets.UTF_8).contains("\"type\":\"error\"")) {
                System.err.println("    refused: " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void quiet(Link link) {}

        @Override
        public void lost(Link link, String reason) {
            System.err.println("    the publisher's link was lost: " + reason);
        }
    }
}
