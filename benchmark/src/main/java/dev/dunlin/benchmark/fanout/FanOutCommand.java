package dev.dunlin.benchmark.fanout;

import dev.dunlin.benchmark.floor.Floor;
import dev.dunlin.benchmark.options.PeerOptions;
import dev.dunlin.benchmark.options.Seconds;
import dev.dunlin.benchmark.options.Sitting;
import dev.dunlin.benchmark.options.SuiteOptions;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.benchmark.server.Contender;
import dev.dunlin.benchmark.server.NchanServer;
import dev.dunlin.benchmark.server.Peers;
import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench fanout}. */
@Command(
        name = "fanout",
        description = "CPU and time to deliver one message to thousands of links, in bursts and at a rate.",
        mixinStandardHelpOptions = true)
public final class FanOutCommand implements Callable<Integer> {
    private static final String COUNTED =
            "One message at a time goes to all links, the next when the last link has it, so "
                    + "nothing can be sent together; then messages at a fixed rate. A time counts from when the message was due "
                    + "until one thread of the load tool has read it. CPU is the scheduler's own counter. The floor is a separate "
                    + "process that writes as many bytes to as many loopback connections in a plain loop, one call each. nchan "
                    + "stores nothing and knows no users.";

    @Option(names = "--links", paramLabel = "N", description = "Links of the bursts (${DEFAULT-VALUE}).")
    private int links = 8_000;

    @Option(names = "--paced-links", paramLabel = "N", description = "Links of the paced round (${DEFAULT-VALUE}).")
    private int pacedLinks = 5_000;

    @Option(names = "--bytes", paramLabel = "N", description = "Bytes of a delivered message (${DEFAULT-VALUE}).")
    private int bytes = 290;

    @Option(names = "--messages", paramLabel = "N", description = "Bursts (${DEFAULT-VALUE}).")
    private int messages = 20;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second of the paced round (${DEFAULT-VALUE}).")
    private int rate = 100;

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long the paced round sends (10s).")
    private Duration time = Duration.ofSeconds(10);

    @Option(names = "--ramp", paramLabel = "N", description = "Handshakes a second (${DEFAULT-VALUE}).")
    private int ramp = 500;

    @Option(
            names = "--warm",
            paramLabel = "N",
            description = "Bursts before those that count, for the JIT compiler (${DEFAULT-VALUE}).")
    private int warm = 150;

    @Option(names = "--native", description = "Also run the services' native binaries; they must be built.")
    private boolean nativeImages;

    @Option(names = "--skip", split = ",", paramLabel = "PART", description = "Leave out: jvm (Dunlin on the JVM).")
    private List<String> skip = List.of();

    @Mixin
    private SuiteOptions suite = new SuiteOptions();

    @Mixin
    private PeerOptions peers = new PeerOptions();

    @Mixin
    private Sitting sitting = new Sitting();

    @Override
    public Integer call() throws Exception {
        Sitting.refuse(links < 1 || links > 15_000, "--links " + links + ": 1 to 15000 are possible");
        Sitting.refuse(pacedLinks < 1 || pacedLinks > 15_000, "--paced-links " + pacedLinks + ": 1 to 15000");
        Sitting.refuse(bytes < 170 || bytes > 60_000, "--bytes " + bytes + ": 170 to 60000 are possible");
        Sitting.refuse(messages < 1 || messages > 1_000, "--messages " + messages + ": 1 to 1000 are possible");
        Sitting.refuse(rate < 1 || rate > 1_000, "--rate " + rate + ": 1 to 1000 are possible");
        Sitting.refuse(warm < 1 || warm > 10_000, "--warm " + warm + ": 1 to 10000 are possible");
        Sitting.refuse(ramp < 1 || ramp > 5_000, "--ramp " + ramp + ": 1 to 5000 are possible");
        FanOut fanOut = new FanOut(links, pacedLinks, bytes, messages, rate, time, ramp, warm);
        sitting.begin();
        System.err.println("floor");
        double floor = Floor.ofOneWrite(links, bytes + 4, messages).toNanos() / 1e3;
        List<FanOutFigures.Measured> measured = Contender.measure(
                contenders(),
                (name, missing) -> new FanOutFigures.Measured(name, missing, null, null),
                fanOut::measure,
                soFar -> write(soFar, floor));
        Sitting.say(new FanOutPage(measured, floor).overview().text());
        return 0;
    }

    private List<Contender> contenders() throws IOException, InterruptedException {
        Checkout checkout = sitting.checkout();
        List<Contender> all = suite.contenders(!skip.contains("jvm"), nativeImages);
        if (!peers.wanted(checkout, List.of(Peers.NCHAN)).isEmpty()) {
            all.add(new Contender(
                    Peers.NCHAN.title(), Peers.NCHAN.missing(checkout), () -> NchanServer.start(checkout)));
        }
        return all;
    }

    private void write(List<FanOutFigures.Measured> measured, double floor) throws IOException, InterruptedException {
        Results results = sitting.results("fanout");
        Page page = sitting.page("What a delivery costs", suite.text());
        FanOutPage pages = new FanOutPage(measured, floor);
        page.paragraph(COUNTED).add(pages.overview().text());
        pages.write(page, results);
        String raw = results.figures(new FanOutFigures.File(
                Machine.facts(sitting.checkout()),
                sitting.loadBefore(),
                Machine.load(),
                sitting.arguments(),
                floor,
                measured));
        page.paragraph("The raw figures are in [" + raw + "](" + raw + ").");
        sitting.write(results, page);
    }
}
