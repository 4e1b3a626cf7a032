package dev.dunlin.benchmark.million;

import dev.dunlin.benchmark.options.Seconds;
import dev.dunlin.benchmark.options.Sitting;
import dev.dunlin.benchmark.options.SuiteOptions;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.Histogram;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.benchmark.websocket.Link;
import dev.dunlin.benchmark.websocket.Upgrade;
import dev.dunlin.localstack.StackOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench million}. */
@Command(
        name = "million",
        description = "Memory of 200,000 links over many native nodes, each link reached by a broadcast.",
        mixinStandardHelpOptions = true)
public final class MillionCommand implements Callable<Integer> {
    private static final String CHANNEL = "room:million";
    private static final Duration BROADCAST = Duration.ofMinutes(2);
    private static final int MOST_OF_A_NODE = 15_000;
    private static final String COUNTED =
            "Links are authenticated, subscribed to one channel, and answer pings. One process "
                    + "of clients belongs to each node. Twenty links are of one user. Resident memory is VmRSS; the kernel's is the "
                    + "growth of `Slab` and of the TCP buffers, of both ends of each link.";

    @Option(names = "--links", paramLabel = "N", description = "How many (${DEFAULT-VALUE}).")
    private int links = 200_000;

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes; as many as needed by default.")
    private int nodes;

    @Option(names = "--ramp", paramLabel = "N", description = "Handshakes a second of all nodes (${DEFAULT-VALUE}).")
    private int ramp = 800;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long they rest before the broadcast (100s: each is pinged).")
    private Duration hold = Duration.ofSeconds(100);

    @Option(names = "--jvm-nodes", description = "Run the services on the JVM, to try it without native binaries.")
    private boolean onTheJvm;

    @Mixin
    private SuiteOptions suite = new SuiteOptions();

    @Mixin
    private Sitting sitting = new Sitting();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Sitting.refuse(links < 1, "--links " + links + ": at least 1");
        Sitting.refuse(ramp < 1 || ramp > 5_000, "--ramp " + ramp + ": 1 to 5000 are possible");
        int count = nodes > 0 ? nodes : Math.ceilDiv(links, MOST_OF_A_NODE);
        Sitting.refuse(
                count > StackOptions.MOST_NODES || Math.ceilDiv(links, count) > MOST_OF_A_NODE,
                "--links %d on %d nodes: at most %d nodes with %d links each"
                        .formatted(links, count, StackOptions.MOST_NODES, MOST_OF_A_NODE));
        int each = Math.ceilDiv(links, count);
        sitting.begin();
        try (BenchmarkSuite running =
                BenchmarkSuite.start(suite.setup(!onTheJvm).withNodes(count, MOST_OF_A_NODE + 100))) {
            Page page = measure(running, count, each);
            Sitting.say(page.text());
            return 0;
        }
    }

    private Page measure(BenchmarkSuite running, int count, int each) throws IOException, InterruptedException {
        publish(running, "first");
        Map<String, Long> before = resident(running.pids());
        KernelMemory kernelBefore = KernelMemory.read();
        List<Clients> clients = new ArrayList<>();
        try {
            for (int node = 1; node <= count; node++) {
                clients.add(clients(running, node, each, Math.max(1, ramp / count)));
            }
            int subscribed = 0;
            for (Clients one : clients) {
                subscribed += one.subscribed();
                System.err.printf("  %,d links are subscribed%n", subscribed);
            }
            System.err.printf("  holding them for %d s%n", hold.toSeconds());
            Thread.sleep(hold.toMillis());
            double seconds = broadcast(running, clients, subscribed);
            return write(running, clients, before, kernelBefore, subscribed, seconds);
        } finally {
            clients.forEach(Clients::close);
        }
    }

    private static Clients clients(BenchmarkSuite running, int node, int each, int ramp) throws IOException {
        List<String> tokens = running.tokens("node-" + node + "-user-", Math.ceilDiv(each, ClientsMain.LINKS_A_USER));
        return new Clients(running.node(node), CHANNEL, each, ramp, tokens);
    }

    private static double broadcast(BenchmarkSuite running, List<Clients> clients, int expected)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        publish(running, "broadcast");
        long end = begin + BROADCAST.toNanos();
        while (sum(clients).messages() < expected) {
            if (System.nanoTime() - end > 0) {
                Clients.Seen seen = sum(clients);
                throw new IOException("the broadcast reached %,d of %,d links in %d s; %,d could not subscribe or ended"
                        .formatted(seen.messages(), expected, BROADCAST.toSeconds(), seen.failed()));
            }
            Thread.sleep(20);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static Clients.Seen sum(List<Clients> clients) throws IOException {
        long messages = 0;
        long pings = 0;
        long failed = 0;
        for (Clients one : clients) {
            Clients.Seen seen = one.seen();
            messages += seen.messages();
            pings += seen.pings();
            failed += seen.failed();
        }
        return new Clients.Seen(messages, pings, failed);
    }

    private static void publish(BenchmarkSuite running, String id) throws IOException {
        Link link = Link.open(running.node(1), Upgrade.dunlin(running.token("publisher")));
        link.send(("{\"type\":\"publish\",\"ref\":1,\"channel\":\"" + CHANNEL + "\",\"id\":\"" + id
                        + "\",\"data\":{\"text\":\"to all\"}}")
                .getBytes(StandardCharsets.US_ASCII));
        if (!link.await(text -> text.contains("\"type\":\"ack\""), Duration.ofSeconds(30))) {
            throw new IOException("a publish was not acknowledged");
        }
        link.close();
    }

    private static Map<String, Long> resident(Map<String, Long> pids) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        pids.forEach((name, pid) -> bytes.merge(
                name.startsWith("connection-") ? "connection nodes" : name, Histogram.residentBytes(pid), Long::sum));
        return bytes;
    }

    private Page write(
            BenchmarkSuite running,
            List<Clients> clients,
            Map<String, Long> before,
            KernelMemory kernelBefore,
            int subscribed,
            double seconds)
            throws IOException, InterruptedException {
        Map<String, Long> after = resident(running.pids());
        KernelMemory kernel = KernelMemory.read();
        before.put("processes of clients", 0L);
        after.put(
                "processes of clients",
                clients.stream()
                        .mapToLong(one -> Histogram.residentBytes(one.pid()))
                        .sum());
        before.put("kernel: slab", kernelBefore.slab());
        after.put("kernel: slab", kernel.slab());
        before.put("kernel: TCP buffers", kernelBefore.socketBuffers());
        after.put("kernel: TCP buffers", kernel.socketBuffers());
        before.put("machine: not available", kernelBefore.used());
        after.put("machine: not available", kernel.used());
        List<List<String>> rows = new ArrayList<>();
        after.forEach((name, bytes) -> {
            long growth = bytes - before.getOrDefault(name, 0L);
            rows.add(List.of(
                    name,
                    Format.mebibytes(before.getOrDefault(name, 0L)),
                    Format.mebibytes(bytes),
                    Format.whole((double) growth / Math.max(1, subscribed)) + " B"));
        });
        Page table = new Page()
                .paragraph(
                        "%,d of %,d links on %d nodes were subscribed. They answered %,d pings. A broadcast reached all of them in %.1f s."
                                .formatted(
                                        subscribed,
                                        links,
                                        clients.size(),
                                        sum(clients).pings(),
                                        seconds))
                .table(List.of("memory", "before", "with the links", "a link"), rows);
        Results results = sitting.results("million");
        Page page = sitting.page("As many links as this machine holds", suite.text());
        page.paragraph(COUNTED).add(table.text());
        String raw = results.figures(Map.of(
                "machine", Machine.facts(sitting.checkout()),
                "arguments", sitting.arguments(),
                "links", subscribed,
                "broadcastSeconds", seconds,
                "before", before,
                "after", after));
        page.paragraph("The raw figures are in [" + raw + "](" + raw + ").");
        Path where = results.page(page);
        return table.paragraph("The page is " + where);
    }
}
