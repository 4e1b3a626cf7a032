package dev.dunlin.benchmark.handshake;

import dev.dunlin.benchmark.options.PeerOptions;
import dev.dunlin.benchmark.options.Sitting;
import dev.dunlin.benchmark.options.SuiteOptions;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.benchmark.server.BareServer;
import dev.dunlin.benchmark.server.Contender;
import dev.dunlin.benchmark.server.EjabberdServer;
import dev.dunlin.benchmark.server.Peers;
import dev.dunlin.benchmark.server.SocketIoServer;
import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench handshake}. */
@Command(
        name = "handshake",
        description = "CPU and latency from the handshake until a client is subscribed, at a rate and in a burst.",
        mixinStandardHelpOptions = true)
public final class HandshakeCommand implements Callable<Integer> {
    private static final String COUNTED = "A client has its own user and token. It counts from when it was due "
            + "until it is subscribed to a channel, which ten users share; its token was made before. CPU is the scheduler's own counter of "
            + "every process of the server, engines and children included, from before the first client until the last is "
            + "subscribed, idle work included. ejabberd's users have their accounts already. The floor is one thread of "
            + "Java that upgrades the connection and answers one frame: no token, no session, no state.";

    @Option(names = "--clients", paramLabel = "N", description = "Clients of a round (${DEFAULT-VALUE}).")
    private int clients = 3_000;

    @Option(names = "--rate", paramLabel = "N", description = "Clients a second of the paced round (${DEFAULT-VALUE}).")
    private int rate = 150;

    @Option(
            names = "--warm",
            paramLabel = "N",
            description = "Clients that warm up each server first, in rounds (${DEFAULT-VALUE}).")
    private int warm = 30_000;

    @Option(names = "--native", description = "Also run the services' native binaries; they must be built.")
    private boolean nativeImages;

    @Option(
            names = "--skip",
            split = ",",
            paramLabel = "PART",
            description = "Leave out: burst, floor, jvm (Dunlin on the JVM).")
    private List<String> skip = List.of();

    @Mixin
    private SuiteOptions suite = new SuiteOptions();

    @Mixin
    private PeerOptions peers = new PeerOptions();

    @Mixin
    private Sitting sitting = new Sitting();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Sitting.refuse(clients < 10 || clients > 10_000, "--clients " + clients + ": 10 to 10000 are possible");
        Sitting.refuse(warm < 10 || warm > 200_000, "--warm " + warm + ": 10 to 200000 are possible");
        Sitting.refuse(rate < 1 || rate > 5_000, "--rate " + rate + ": 1 to 5000 are possible");
        HandshakeRounds rounds = new HandshakeRounds(clients, rate, warm, !skip.contains("burst"));
        sitting.begin();
        List<HandshakeFigures.Measured> measured = Contender.measure(
                contenders(),
                (name, missing) -> new HandshakeFigures.Measured(name, missing, null, null),
                rounds::measure,
                this::write);
        Sitting.say(new HandshakePage(measured).overview().text());
        return 0;
    }

    private List<Contender> contenders() throws IOException, InterruptedException {
        Checkout checkout = sitting.checkout();
        List<Contender> all = suite.contenders(!skip.contains("jvm"), nativeImages);
        for (Peers peer : peers.wanted(checkout, List.of(Peers.SOCKETIO, Peers.EJABBERD))) {
            all.add(new Contender(peer.title(), peer.missing(checkout), () -> switch (peer) {
                case SOCKETIO -> SocketIoServer.start(checkout);
                case EJABBERD -> EjabberdServer.start(checkout);
                case NCHAN -> throw new IllegalArgumentException("nchan has no users");
            }));
        }
        if (!skip.contains("floor")) {
            all.add(new Contender("floor", Optional.empty(), () -> BareServer.start(checkout)));
        }
        return all;
    }

    private void write(List<HandshakeFigures.Measured> measured) throws IOException, InterruptedException {
        Results results = sitting.results("handshake");
        Page page = sitting.page(
                "What a handshake costs",
                "%d clients a round after %d to warm up, %d a second. %s".formatted(clients, warm, rate, suite.text()));
        HandshakePage pages = new HandshakePage(measured);
        page.paragraph(COUNTED).add(pages.overview().text());
        pages.write(page, results);
        String raw = results.figures(new HandshakeFigures.File(
                Machine.facts(sitting.checkout()),
                sitting.loadBefore(),
                Machine.load(),
                sitting.arguments(),
                measured));
        page.paragraph("The raw figures are in [" + raw + "](" + raw + ").");
        sitting.write(results, page);
    }
}
