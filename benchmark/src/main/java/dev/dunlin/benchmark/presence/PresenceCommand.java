package dev.dunlin.benchmark.presence;

import dev.dunlin.benchmark.options.Sitting;
import dev.dunlin.benchmark.options.SuiteOptions;
import dev.dunlin.benchmark.presence.PresenceFigures.Phase;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import dev.dunlin.benchmark.process.Machine;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dev bench presence}. */
@Command(
        name = "presence",
        description = "What presence costs for each user, and how soon a watcher hears of a connect.",
        mixinStandardHelpOptions = true)
public final class PresenceCommand implements Callable<Integer> {
    private static final String COUNTED =
            "16 simulated nodes hold leases and write the records of their users' sessions, one session each, as real "
                    + "nodes do; there are no links. Commands are those that Redis carried out, with the commands that a "
                    + "script calls and the renewals of the leases. Bytes are to and from Redis, all of the suite. A "
                    + "phase ends when its last record is applied. The naive way is for comparison: SETEX of a key with "
                    + "a time to live and ZADD of the time, for each heartbeat of each user, as fast as Redis takes "
                    + "them.";

    private static final int WARM_UP = 60;
    private static final int MEASURED = 120;

    @Option(names = "--users", paramLabel = "N", description = "How many users (${DEFAULT-VALUE}).")
    private int users = 100_000;

    @Option(
            names = "--churn",
            paramLabel = "MINUTES",
            description = "How long 1 %% a minute changes (${DEFAULT-VALUE}).")
    private int churn = 2;

    @Option(names = "--native", description = "Run the services' native binaries; they must be built.")
    private boolean nativeImages;

    @Mixin
    private SuiteOptions suite = new SuiteOptions();

    @Mixin
    private Sitting sitting = new Sitting();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Sitting.refuse(users < 1_000 || users > 2_000_000, "--users " + users + ": 1000 to 2000000 are possible");
        Sitting.refuse(churn < 1 || churn > 30, "--churn " + churn + ": 1 to 30 are possible");
        sitting.begin();
        List<Double> heard;
        List<Phase> phases;
        BenchmarkSuite.Setup setup =
                suite.setup(nativeImages).with("presence-service", Map.of("DUNLIN_PRESENCE_VISIBLE_TO", "everyone"));
        try (BenchmarkSuite running = BenchmarkSuite.start(setup);
                RedisInfo redis = new RedisInfo(running.redisPort())) {
            heard = new Heard(running).measure(WARM_UP, MEASURED);
            try (SimulatedNodes nodes = new SimulatedNodes(running.kafka(), running.redisPort())) {
                phases = new PresencePhases(running, redis, nodes, users).run(churn);
                if (nodes.failed() > 0) {
                    throw new IOException(nodes.failed() + " records or leases could not be written");
                }
            }
        }
        Page table = table(heard, phases);
        Results results = sitting.results("presence");
        Page page = sitting.page("What presence costs", suite.text());
        page.paragraph(COUNTED).add(table.text());
        String raw = results.figures(new PresenceFigures.File(
                Machine.facts(sitting.checkout()),
                sitting.loadBefore(),
                Machine.load(),
                sitting.arguments(),
                users,
                phases,
                heard));
        page.paragraph("The raw figures are in [" + raw + "](" + raw + ").");
        Path written = results.page(page);
        Sitting.say(table.text());
        Sitting.say("The page is " + written);
        return 0;
    }

    private Page table(List<Double> heard, List<Phase> phases) {
        List<Double> sorted = heard.stream().sorted().toList();
        List<List<String>> rows = new ArrayList<>();
        for (Phase phase : phases) {
            double count = phase.count();
            rows.add(List.of(
                    phase.what(),
                    Format.whole(phase.count()),
                    Format.digits(phase.seconds()) + " s",
                    Format.digits(phase.redisCommands() / count),
                    Format.whole((double) phase.redisBytes() / count),
                    Format.digits(phase.redisCpuMillis() * 1_000 / count),
                    Format.digits(phase.presenceCpuMillis() * 1_000 / count),
                    Format.digits(phase.kafkaCpuMillis() * 1_000 / count),
                    Format.whole((double) phase.redisMemory() / users),
                    Format.whole(phase.published())));
        }
        return new Page()
                .paragraph("From before a connect until a watcher on another node hears of it: p50 %s ms, p90 %s ms, "
                                .formatted(
                                        Format.digits(sorted.get(sorted.size() / 2)),
                                        Format.digits(sorted.get(sorted.size() * 9 / 10)))
                        + "most %s ms, of %d after %d that do not count."
                                .formatted(Format.digits(sorted.getLast()), sorted.size(), WARM_UP))
                .table(
                        List.of(
                                "phase, " + Format.whole((long) users) + " users",
                                "count",
                                "took",
                                "Redis commands each",
                                "bytes each",
                                "Redis CPU, µs each",
                                "presence-service CPU, µs each",
                                "Kafka CPU, µs each",
                                "memory of Redis, bytes a user",
                                "publishes"),
                        rows);
    }
}
