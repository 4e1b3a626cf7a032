package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.benchmark.process.Histogram;
import dev.dunlin.benchmark.process.Resident;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** How long it takes to decide on a message for everybody in a group. Blocks. */
final class DecisionPhase {
    static final String SERVICE = "push-service";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Often enough for the figure, and a look-up of one row each. */
    private static final Duration LOOK = Duration.ofMillis(2);
    /** The consumer reads small batches at most every 500 ms: a lone message does not wait. */
    private static final Duration BETWEEN = Duration.ofMillis(700);

    private final BenchmarkSuite suite;
    private final Rest rest;
    private final PushTables tables;

    DecisionPhase(BenchmarkSuite suite, Rest rest, PushTables tables) {
        this.suite = suite;
        this.rest = rest;
        this.tables = tables;
    }

    /** One message, and then more, each when the one before is decided. */
    PushFigures.Decisions measure(Group group, int messages, boolean onJvm) throws IOException, InterruptedException {
        Map<String, Long> pids = suite.pids();
        long pid = pid(pids);
        List<Long> heap = new ArrayList<>();
        if (onJvm) {
            heap.add(Histogram.of(pid).total());
        }
        PushTables.Sizes before = tables.sizes();
        double first = decide(group);
        PushTables.Sizes afterFirst = tables.sizes();
        List<Double> millis = new ArrayList<>();
        Calls callsBefore = calls();
        CpuTimes cpuBefore = CpuTimes.of(pids);
        try (Resident resident = new Resident(Map.of(SERVICE, pid))) {
            for (int i = 0; i < messages; i++) {
                TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
                millis.add(decide(group));
            }
            Map<String, Double> cpu = new TreeMap<>();
            CpuTimes.of(pids).since(cpuBefore).forEach((process, nanos) -> cpu.put(process, nanos / 1e6 / messages));
            Resident.Range range = resident.ranges().getOrDefault(SERVICE, new Resident.Range(0, 0, 0));
            PushTables.Sizes after = tables.sizes();
            Map<String, Double> calls = calls().since(callsBefore, messages);
            if (onJvm) {
                heap.add(Histogram.of(pid).total());
            }
            System.err.printf("    decided after %s ms%n", millis);
            return new PushFigures.Decisions(
                    group.members(), first, millis, calls, cpu, before, afterFirst, after, heap, range);
        }
    }

    /** Publishes, and returns after how many milliseconds all is decided. */
    double decide(Group group) throws IOException, InterruptedException {
        long seq = group.publish();
        long start = System.nanoTime();
        // All rows of a message are committed at once.
        while (!tables.isPending(group, 0, seq)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IOException("a message was not decided on within " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        double millis = (System.nanoTime() - start) / 1e6;
        long pending = tables.pending(group, seq);
        if (pending != group.members()) {
            throw new IOException("of %d devices %d are to show a message".formatted(group.members(), pending));
        }
        return millis;
    }

    Calls calls() throws IOException, InterruptedException {
        return Calls.of(rest.client(), suite.stack().managementUrl(SERVICE));
    }

    static long pid(Map<String, Long> pids) throws IOException {
        Long pid = pids.get(SERVICE);
        if (pid == null) {
            throw new IOException(SERVICE + " does not run");
        }
        return pid;
    }
}
