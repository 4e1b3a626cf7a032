package dev.dunlin.benchmark.message;

import dev.dunlin.benchmark.floor.EngineTarget;
import dev.dunlin.benchmark.options.Sitting;
import dev.dunlin.benchmark.options.SuiteOptions;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.benchmark.server.EjabberdServer;
import dev.dunlin.benchmark.server.Peers;
import dev.dunlin.benchmark.server.Processes;
import dev.dunlin.benchmark.server.Server;
import dev.dunlin.benchmark.server.SocketIoServer;
import dev.dunlin.benchmark.server.SuiteServer;
import dev.dunlin.benchmark.websocket.WebSocketTarget;
import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Measures the candidates one after the other, each alone on the machine, and writes the page after
 * each, so that an interrupted run leaves what it has.
 */
record MessageBenchmark(Sitting sitting, SuiteOptions options, Work work, List<Kind> dunlin, List<Peers> peers) {
    private static final String COUNTED = "A latency counts from when a message was due (no coordinated omission): an "
            + "HdrHistogram of every message of the round. CPU is the scheduler's own counter "
            + "(`/proc/PID/task/*/schedstat`) of every process of the server, engines and children included, over the "
            + "round with its idle work, divided by the messages. A message is stored in PostgreSQL (synchronous commit) "
            + "before its ack and delivered to a client on another node (ejabberd has one node). Each candidate ran alone, "
            + "one after the other, on the same embedded engines; the floor is one process with one Kafka record, one "
            + "PostgreSQL commit and one Redis publication a message, its own CPU included.";

    /** How Dunlin runs. */
    enum Kind {
        JVM("Dunlin, JVM"),
        NATIVE("Dunlin, native");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /**
     * What is done with each candidate.
     *
     * @param bytes of data of a message
     * @param window messages in flight in a closed loop
     */
    record Work(
            List<Double> rates,
            Duration time,
            Duration warm,
            Duration idle,
            int channels,
            int bytes,
            int window,
            boolean saturation,
            boolean floor,
            boolean profile) {
        Work {
            rates = List.copyOf(rates);
        }

        String text() {
            return ("%d channels, each with one publisher; %d bytes of data; rounds of %d s after %d s at 300 messages a "
                            + "second, the same for all.")
                    .formatted(channels, bytes, time.toSeconds(), warm.toSeconds());
        }
    }

    void run() throws IOException, InterruptedException {
        List<Candidate> candidates = candidates();
        Measurement measurement =
                new Measurement(work.rates(), work.time(), work.warm(), work.idle(), work.window(), work.saturation());
        System.err.printf(
                "%d candidates, at most %d s each and the time of its start%n",
                candidates.size(), measurement.longest().toSeconds());
        sitting.begin();
        List<Figures.Measured> measured = new ArrayList<>();
        List<WherePage.Section> where = new ArrayList<>();
        Path page = Path.of("");
        for (Candidate candidate : candidates) {
            System.err.println(candidate.name()
                    + candidate.missing().map(line -> ": " + line).orElse(""));
            measured.add(measure(candidate, measurement, where));
            page = write(measured, where);
        }
        MessagePage pages = new MessagePage(measured, work.rates());
        Sitting.say("delivered p50 / p99, CPU of all server processes a message\n\n"
                + pages.overview().text());
        pages.missing().forEach(Sitting::say);
        Sitting.say("The page is " + page);
    }

    private Figures.Measured measure(Candidate candidate, Measurement measurement, List<WherePage.Section> where)
            throws IOException, InterruptedException {
        Optional<String> missing = candidate.missing();
        if (missing.isPresent()) {
            return new Figures.Measured(candidate.name(), missing.get(), Map.of(), List.of(), null, null);
        }
        try (Opened opened = candidate.opening().open()) {
            Figures.Measured measured = measurement.measure(candidate.name(), opened);
            if (work.profile() && opened.suite().isPresent()) {
                where.addAll(WherePage.of(candidate.name(), opened.suite().get(), opened, work.time()));
            }
            return measured;
        }
    }

    private Path write(List<Figures.Measured> measured, List<WherePage.Section> where)
            throws IOException, InterruptedException {
        Results results = sitting.results("message");
        MessagePage pages = new MessagePage(measured, work.rates());
        Page page = sitting.page("What one message costs", work.text() + " " + options.text());
        page.paragraph(COUNTED)
                .heading("## Until the delivery on another node, p50 / p99, and CPU of all server processes a message");
        page.add(pages.overview().text());
        pages.missing().forEach(page::paragraph);
        pages.write(page, results);
        where.forEach(section -> section.write(page));
        String raw = results.figures(new Figures.File(
                Machine.facts(sitting.checkout()),
                sitting.loadBefore(),
                Machine.load(),
                sitting.arguments(),
                measured));
        page.paragraph("The raw figures are in [" + raw + "](" + raw + ").");
        return results.page(page);
    }

    private List<Candidate> candidates() {
        Checkout checkout = sitting.checkout();
        List<Candidate> all = new ArrayList<>();
        for (Kind kind : dunlin) {
            all.add(new Candidate(kind.title, Optional.empty(), () -> suite(kind)));
        }
        for (Peers peer : peers) {
            all.add(new Candidate(peer.title(), peer.missing(checkout), () -> peer(peer, checkout)));
        }
        if (work.floor()) {
            all.add(new Candidate("floor of the engines", Optional.empty(), () -> floor(checkout)));
        }
        return all;
    }

    private Opened suite(Kind kind) throws IOException, InterruptedException {
        BenchmarkSuite suite = BenchmarkSuite.start(options.setup(kind == Kind.NATIVE));
        return opened(new SuiteServer(suite), "room:benchmark-", Optional.of(suite));
    }

    private Opened peer(Peers peer, Checkout checkout) throws IOException, InterruptedException {
        return switch (peer) {
            case SOCKETIO -> opened(SocketIoServer.start(checkout), "c", Optional.empty());
            case EJABBERD -> opened(EjabberdServer.start(checkout), "c", Optional.empty());
            case NCHAN -> throw new IllegalArgumentException("nchan stores nothing");
        };
    }

    private Opened opened(Server server, String prefix, Optional<BenchmarkSuite> suite)
            throws IOException, InterruptedException {
        try {
            List<String> channels = IntStream.range(0, work.channels())
                    .mapToObj(i -> prefix + i)
                    .toList();
            WebSocketTarget target = new WebSocketTarget(
                    new WebSocketTarget.Plan("benchmark", server.dialect(), channels, work.channels(), 1, work.bytes()),
                    server.node(1),
                    server.node(2));
            return new Opened(target, server.pids(), false, suite, List.of(target, server));
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private Opened floor(Checkout checkout) throws IOException, InterruptedException {
        Processes engines = new Processes(checkout, "floor");
        try {
            engines.startEngines("kafka", "redis", "postgres");
            EngineTarget target =
                    new EngineTarget(engines.engines().addresses(), "floor", work.channels(), work.bytes());
            return new Opened(target, engines.pids(), true, Optional.empty(), List.of(target, engines));
        } catch (SQLException | ExecutionException e) {
            engines.close();
            throw new IOException(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            engines.close();
            throw e;
        }
    }
}
