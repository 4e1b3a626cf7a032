package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.options.Sitting;
import dev.dunlin.benchmark.options.SuiteOptions;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.engines.supervise.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench push}. */
@Command(
        name = "push",
        description = "How fast a large offline group is decided on and notified, also beside a dead provider.",
        mixinStandardHelpOptions = true)
public final class PushCommand implements Callable<Integer> {
    private static final String COUNTED =
            "A group for each provider; every member is offline and has one device. The providers are in the load "
                    + "tool, on one event loop: FCM and APNs over HTTP/2 with TLS, a browser's push service over "
                    + "HTTP/1.1 without it. They accept everything. *Decided*: from the answer to the publish until "
                    + "the rows of all devices are committed, one message at a time. *Deliveries*: a message waits "
                    + "until all of it is due at once; a second counts from the first notification to the last. CPU "
                    + "is the scheduler's own counter, until the outcomes are written. *Beside a dead provider*: with "
                    + "`dunlin.push.delay` at its default of 2 s, which is in the times; the dead devices are "
                    + "webhooks of one host that accepts connections and never answers, and their rows are due first.";

    /** A row waits until it is made due, so that deciding and delivering are measured apart. */
    private static final String HELD = "45m";

    private static final int WARM_DECISIONS = 20;
    private static final int WARM_MEMBERS = 1_000;
    private static final int WARM_ROUNDS = 4;
    private static final List<String> PARTS = List.of("jvm", "decided", "fcm", "apns", "webpush", "beside");

    @Option(names = "--members", paramLabel = "N", description = "Members of a group (${DEFAULT-VALUE}).")
    private int members = 10_000;

    @Option(names = "--messages", paramLabel = "N", description = "Messages to decide on (${DEFAULT-VALUE}).")
    private int messages = 20;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each provider (${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--answer-ms",
            paramLabel = "MS",
            description = "A further round in which a provider answers after this time (${DEFAULT-VALUE}).")
    private int answerMillis = 50;

    @Option(
            names = "--beside",
            paramLabel = "N",
            description = "Devices of the healthy provider and of the dead one (${DEFAULT-VALUE}).")
    private int beside = 1_000;

    @Option(names = "--profile", description = "A further round of FCM in which push-service is profiled; on the JVM.")
    private boolean profile;

    @Option(names = "--native", description = "Also run the services' native binaries; they must be built.")
    private boolean nativeImages;

    @Option(
            names = "--skip",
            split = ",",
            paramLabel = "PART",
            description = "Leave out: jvm (Dunlin on the JVM), decided, fcm, apns, webpush, beside.")
    private List<String> skip = List.of();

    @Mixin
    private SuiteOptions suite = new SuiteOptions();

    @Mixin
    private Sitting sitting = new Sitting();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Sitting.refuse(members < 100 || members > 20_000, "--members " + members + ": 100 to 20000 are possible");
        Sitting.refuse(messages < 1 || messages > 1_000, "--messages " + messages + ": 1 to 1000 are possible");
        Sitting.refuse(rounds < 1 || rounds > 100, "--rounds " + rounds + ": 1 to 100 are possible");
        Sitting.refuse(
                answerMillis < 1 || answerMillis > 5_000, "--answer-ms " + answerMillis + ": 1 to 5000 are possible");
        Sitting.refuse(beside < 10 || beside > 5_000, "--beside " + beside + ": 10 to 5000 are possible");
        Sitting.refuse(
                !PARTS.containsAll(skip),
                "--skip " + String.join(",", skip) + ": choose of " + String.join(", ", PARTS));
        sitting.begin();
        List<PushFigures.Run> runs = new ArrayList<>();
        if (!skip.contains("jvm")) {
            runs.add(run("JVM", false));
        }
        if (nativeImages) {
            runs.add(run("native", true));
        }
        Path page = write(runs);
        Sitting.say(new PushPage(runs).overview().text());
        Sitting.say("The page is " + page);
        return 0;
    }

    private PushFigures.Run run(String name, boolean asNative) throws IOException, InterruptedException {
        System.err.println("Dunlin, " + name);
        Path keys = Files.createTempDirectory("dunlin-push");
        try (MockProviders providers = new MockProviders(keys)) {
            PushFigures.Run run = decideAndDeliver(name, asNative, providers);
            if (skip.contains("beside")) {
                return run;
            }
            try (BenchmarkSuite running = BenchmarkSuite.start(setup(asNative, providers, Map.of()));
                    Rest rest = new Rest(running)) {
                providers.answerAfter(Duration.ZERO);
                return new PushFigures.Run(
                        name,
                        run.decisions(),
                        run.deliveries(),
                        run.profile(),
                        BesideDead.measure(running, rest, providers, beside, messages));
            }
        } finally {
            FileTree.delete(keys);
        }
    }

    private PushFigures.Run decideAndDeliver(String name, boolean asNative, MockProviders providers)
            throws IOException, InterruptedException {
        PushFigures.@Nullable Decisions decisions = null;
        PushFigures.@Nullable Profile profiled = null;
        List<PushFigures.Deliveries> deliveries = new ArrayList<>();
        try (BenchmarkSuite running =
                        BenchmarkSuite.start(setup(asNative, providers, Map.of("DUNLIN_PUSH_DELAY", HELD)));
                Rest rest = new Rest(running);
                PushTables tables = new PushTables(running.stack().engines())) {
            DecisionPhase deciding = new DecisionPhase(running, rest, tables);
            DeliveryPhase delivering = new DeliveryPhase(running, tables, providers, deciding);
            Map<Provider, Group> groups = groups(running, rest, providers);
            if (!skip.contains("decided")) {
                int some = Math.min(members, WARM_MEMBERS);
                Group warm = Group.create(running, rest, "warm", some, providers::deadRegistration);
                for (int i = 0; i < WARM_DECISIONS; i++) {
                    double unused = deciding.decide(warm);
                }
                Group measured = groups.getOrDefault(Provider.FCM, warm);
                decisions = deciding.measure(measured, messages, !asNative);
            }
            for (Map.Entry<Provider, Group> one : groups.entrySet()) {
                deliveries.add(delivering.measure(one.getKey(), one.getValue(), WARM_ROUNDS, rounds, Duration.ZERO));
                if (profile && !asNative && one.getKey() == Provider.FCM) {
                    profiled = delivering.profile(one.getKey(), one.getValue());
                }
                deliveries.add(delivering.measure(one.getKey(), one.getValue(), 0, 1, Duration.ofMillis(answerMillis)));
            }
        }
        return new PushFigures.Run(name, decisions, deliveries, profiled, null);
    }

    private Map<Provider, Group> groups(BenchmarkSuite running, Rest rest, MockProviders providers)
            throws IOException, InterruptedException {
        Map<Provider, Group> groups = new EnumMap<>(Provider.class);
        for (Provider provider : Provider.values()) {
            if (!skip.contains(provider.word())) {
                groups.put(
                        provider,
                        Group.create(
                                running,
                                rest,
                                provider.word(),
                                members,
                                device -> providers.registration(provider, device)));
            }
        }
        return groups;
    }

    /** The suite with these providers, and without the limits of a device. */
    private BenchmarkSuite.Setup setup(boolean asNative, MockProviders providers, Map<String, String> further) {
        Map<String, String> variables = new HashMap<>(providers.environment());
        variables.put("DUNLIN_PUSH_COLLAPSE", "0s");
        variables.put("DUNLIN_PUSH_PER_MINUTE", "1000000");
        variables.put("DUNLIN_PUSH_WEBHOOK_CHALLENGE", "false");
        variables.putAll(further);
        return suite.setup(asNative).with("push-service", variables);
    }

    private Path write(List<PushFigures.Run> runs) throws IOException, InterruptedException {
        Results results = sitting.results("push");
        PushPage pages = new PushPage(runs);
        Page page = sitting.page(
                "What notifications cost",
                suite.text()
                        + " `dunlin.push.collapse` is 0 and `dunlin.push.per-minute` is not reached: each "
                        + "message notifies each device.");
        page.paragraph(COUNTED).add(pages.overview().text());
        pages.write(page, results);
        String raw = results.figures(new PushFigures.File(
                Machine.facts(sitting.checkout()), sitting.loadBefore(), Machine.load(), sitting.arguments(), runs));
        page.paragraph("The raw figures are in [" + raw + "](" + raw + ").");
        return results.page(page);
    }
}
