package dev.dunlin.benchmark.message;

import dev.dunlin.benchmark.options.PeerOptions;
import dev.dunlin.benchmark.options.Seconds;
import dev.dunlin.benchmark.options.Sitting;
import dev.dunlin.benchmark.options.SuiteOptions;
import dev.dunlin.benchmark.server.Peers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench message}. */
@Command(
        name = "message",
        description = "Latency and CPU of one durable message at low and high rates, and where saturation is.",
        mixinStandardHelpOptions = true)
public final class MessageCommand implements Callable<Integer> {
    private static final int MOST_RATE = 20_000;

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "N",
            description = "Messages a second, one round each (${DEFAULT-VALUE}).")
    private List<Double> rates = List.of(20.0, 50.0, 100.0, 300.0, 1000.0);

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long a round sends (10s).")
    private Duration time = Duration.ofSeconds(10);

    @Option(
            names = "--warm",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long 300 messages a second warm up each candidate first (30s).")
    private Duration warm = Duration.ofSeconds(30);

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long the idle CPU is measured (20s).")
    private Duration idle = Duration.ofSeconds(20);

    @Option(names = "--channels", paramLabel = "N", description = "Channels, each with a publisher (${DEFAULT-VALUE}).")
    private int channels = 10;

    @Option(names = "--bytes", paramLabel = "N", description = "Bytes of data of a message (${DEFAULT-VALUE}).")
    private int bytes = 100;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Messages in flight in a closed loop (${DEFAULT-VALUE}).")
    private int window = 2_000;

    @Option(
            names = "--skip",
            split = ",",
            paramLabel = "PART",
            description = "Leave out: saturation, floor, jvm (Dunlin on the JVM).")
    private List<String> skip = List.of();

    @Option(names = "--native", description = "Also run the services' native binaries; they must be built.")
    private boolean nativeImages;

    @Option(names = "--profile", description = "Also show where the time and the CPU of Dunlin go, at 300 a second.")
    private boolean profile;

    @Mixin
    private SuiteOptions suite = new SuiteOptions();

    @Mixin
    private PeerOptions peers = new PeerOptions();

    @Mixin
    private Sitting sitting = new Sitting();

    @Override
    public Integer call() throws Exception {
        Sitting.refuse(rates.isEmpty() || rates.size() > 20, "--rates: 1 to 20 rates are possible");
        rates.forEach(rate -> Sitting.refuse(
                rate < 1 || rate > MOST_RATE, "--rates " + rate + ": 1 to " + MOST_RATE + " are possible"));
        Sitting.refuse(channels < 1 || channels > 100, "--channels " + channels + ": 1 to 100 are possible");
        Sitting.refuse(bytes < 20 || bytes > 10_000, "--bytes " + bytes + ": 20 to 10000 are possible");
        Sitting.refuse(window < 1 || window > 10_000, "--window " + window + ": 1 to 10000 are possible");
        List<MessageBenchmark.Kind> dunlin = new ArrayList<>();
        if (!skip.contains("jvm")) {
            dunlin.add(MessageBenchmark.Kind.JVM);
        }
        if (nativeImages) {
            dunlin.add(MessageBenchmark.Kind.NATIVE);
        }
        new MessageBenchmark(
                        sitting,
                        suite,
                        new MessageBenchmark.Work(
                                rates,
                                time,
                                warm,
                                idle,
                                channels,
                                bytes,
                                window,
                                !skip.contains("saturation"),
                                !skip.contains("floor"),
                                profile),
                        dunlin,
                        peers.wanted(sitting.checkout(), List.of(Peers.SOCKETIO, Peers.EJABBERD)))
                .run();
        return 0;
    }
}
