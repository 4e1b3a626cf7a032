package dev.dunlin.benchmark.storm;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.CpuTimes;
import dev.dunlin.benchmark.swarm.Member;
import dev.dunlin.benchmark.swarm.Spread;
import dev.dunlin.benchmark.swarm.Swarm;
import dev.dunlin.benchmark.swarm.SwarmOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Restarts one node after the other while clients are subscribed and messages flow. It fails when
 * not all links return in time. One thread; blocks for minutes.
 */
record Storm(BenchmarkSuite suite, int links, int ramp) {
    private static final int CHANNELS = 20;
    private static final int LINKS_A_USER = 10;
    private static final Duration SLOT = Duration.ofMillis(500);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);
    private static final int LINKS_A_SECOND = 100;

    StormFigures.Run run(String name) throws IOException, InterruptedException {
        List<String> channels =
                IntStream.range(0, CHANNELS).mapToObj(i -> "room:storm-" + i).toList();
        List<URI> nodes = List.of(suite.node(1), suite.node(2));
        Publisher publisher = new Publisher(nodes, suite.token("publisher"), channels);
        publisher.start();
        List<String> tokens = suite.tokens("user-", links / LINKS_A_USER + 1);
        List<Member> members = IntStream.range(0, links)
                .mapToObj(i -> new Member(tokens.get(i / LINKS_A_USER), channels.get(i % CHANNELS)))
                .toList();
        try (Swarm swarm = new Swarm(new SwarmOptions(nodes, ramp, BACKOFF), members)) {
            System.err.printf("    opening %,d links%n", links);
            awaitAll(swarm);
            List<StormFigures.Restart> restarts =
                    List.of(restart(swarm, "connection-1"), restart(swarm, "connection-2"));
            publisher.stop();
            long end = System.nanoTime() + LEAST_PATIENCE.toNanos();
            while (behind(swarm, publisher) > 0 && System.nanoTime() - end < 0) {
                Thread.sleep(100);
            }
            swarm.tally().complaints().forEach(line -> System.err.println("    broken: " + line));
            return new StormFigures.Run(
                    name,
                    links,
                    restarts,
                    swarm.tally().messages(),
                    swarm.tally().broken(),
                    behind(swarm, publisher),
                    swarm.tally().refused(),
                    publisher.repeated(),
                    swarm.tally().worstOutageNanos() / 1e9);
        }
    }

    private StormFigures.Restart restart(Swarm swarm, String node) throws IOException, InterruptedException {
        System.err.println("    restarting " + node);
        Map<String, Long> pids = new TreeMap<>(suite.pids());
        pids.remove(node);
        CpuTimes before = CpuTimes.of(pids);
        long from = System.nanoTime();
        suite.stack().restart(node);
        awaitAll(swarm);
        double seconds = (swarm.tally().returns().stream()
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(from)
                        - from)
                / 1e9;
        Map<String, Double> millis = new TreeMap<>();
        CpuTimes.of(pids).since(before).forEach((process, nanos) -> millis.put(process, nanos / 1e6));
        Spread spread = new Spread(swarm.tally().returns(), from, SLOT);
        System.err.printf("    %,d links returned within %.1f s%n", spread.total(), seconds);
        return new StormFigures.Restart(node, spread.total(), seconds, spread.busiest(), millis);
    }

    private void awaitAll(Swarm swarm) throws IOException, InterruptedException {
        Duration patience = LEAST_PATIENCE.plusSeconds(links / LINKS_A_SECOND);
        BooleanSupplier all = () -> swarm.tally().subscribed() == links;
        long end = System.nanoTime() + patience.toNanos();
        while (!all.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("%d of %d links were subscribed after %d s"
                        .formatted(swarm.tally().subscribed(), links, patience.toSeconds()));
            }
            Thread.sleep(20);
        }
    }

    private long behind(Swarm swarm, Publisher publisher) {
        return IntStream.range(0, links)
                .filter(i -> swarm.position(i) != publisher.head(i % CHANNELS))
                .count();
    }
}
