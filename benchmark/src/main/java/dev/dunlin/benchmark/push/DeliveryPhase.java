package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuShares;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.benchmark.process.Profiler;
import dev.dunlin.benchmark.report.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** How many notifications a second reach a provider, and what each costs. Blocks. */
final class DeliveryPhase {
    /** The load tool with the provider, in the tables. */
    static final String TOOL = "load tool and provider";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final BenchmarkSuite suite;
    private final PushTables tables;
    private final MockProviders providers;
    private final DecisionPhase decisions;

    DeliveryPhase(BenchmarkSuite suite, PushTables tables, MockProviders providers, DecisionPhase decisions) {
        this.suite = suite;
        this.tables = tables;
        this.providers = providers;
        this.decisions = decisions;
    }

    /** Rounds after {@code warm} others that do not count; the provider answers after a pause. */
    PushFigures.Deliveries measure(Provider provider, Group group, int warm, int rounds, Duration answerAfter)
            throws IOException, InterruptedException {
        providers.answerAfter(answerAfter);
        for (int i = 0; i < warm; i++) {
            var unused = round(provider, group);
        }
        Map<String, Long> pids = suite.pids();
        Map<String, Double> cpu = new TreeMap<>();
        List<Double> perSecond = new ArrayList<>();
        Calls callsBefore = decisions.calls();
        double delivered = 0;
        long repeated = 0;
        for (int i = 0; i < rounds; i++) {
            prepare(group);
            CpuTimes before = CpuTimes.of(pids);
            CpuTimes tool = CpuTimes.own(TOOL);
            Received received = deliver(provider, group);
            Map<String, Long> used = CpuTimes.of(pids).since(before);
            used.putAll(CpuTimes.own(TOOL).since(tool));
            used.forEach((process, nanos) -> cpu.merge(process, nanos / 1e3, Double::sum));
            perSecond.add(received.perSecond());
            delivered += received.count();
            repeated += received.repeated();
        }
        double all = Math.max(1, delivered);
        cpu.replaceAll((_, micros) -> micros / all);
        PushFigures.Deliveries figures = new PushFigures.Deliveries(
                provider.title(),
                answerAfter.toMillis(),
                group.members(),
                perSecond,
                (long) group.members() * rounds - Math.round(delivered),
                repeated,
                decisions.calls().since(callsBefore, all / 1_000),
                cpu);
        System.err.printf(
                "    %s, answers after %d ms: %s a second, %s µs of push-service each, %d missing%n",
                provider.title(),
                answerAfter.toMillis(),
                perSecond.stream().map(Format::digits).toList(),
                Format.digits(cpu.getOrDefault(DecisionPhase.SERVICE, 0.0)),
                figures.missing());
        return figures;
    }

    /** Profiles push-service during one round. */
    PushFigures.Profile profile(Provider provider, Group group) throws IOException, InterruptedException {
        long pid = DecisionPhase.pid(suite.pids());
        prepare(group);
        try (Profiler profiler = new Profiler()) {
            profiler.start(pid);
            var unused = deliver(provider, group);
            List<String> stacks = profiler.stop(pid);
            Path file = Files.write(Files.createTempFile("dunlin-push-", ".stacks"), stacks);
            System.err.println("    the stacks are in " + file);
            return new PushFigures.Profile(Work.of(stacks), CpuShares.of(stacks));
        }
    }

    private Received round(Provider provider, Group group) throws IOException, InterruptedException {
        prepare(group);
        return deliver(provider, group);
    }

    /** A message that waits for its delay. */
    private void prepare(Group group) throws IOException, InterruptedException {
        var unused = decisions.decide(group);
    }

    /** Makes it due, and waits until the provider has it all and the outcomes are written. */
    private Received deliver(Provider provider, Group group) throws IOException, InterruptedException {
        Received received = providers.begin(provider, group.members());
        int due = tables.makeDue(group);
        if (due != group.members()) {
            throw new IOException("of %d notifications %d became due".formatted(group.members(), due));
        }
        if (received.await(PATIENCE)) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (tables.waiting(group) > 0 && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        }
        return received;
    }
}
