package dev.dunlin.checker;

import dev.dunlin.checker.nemesis.Fault;
import dev.dunlin.checker.nemesis.Schedule;
import dev.dunlin.checker.nemesis.StackVictims;
import dev.dunlin.checker.nemesis.Strike;
import dev.dunlin.checker.run.CannotCheck;
import dev.dunlin.checker.run.Check;
import dev.dunlin.checker.run.CheckOptions;
import dev.dunlin.checker.run.Report;
import dev.dunlin.checker.run.Result;
import dev.dunlin.checker.run.ResultsTable;
import dev.dunlin.checker.run.SuiteSettings;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.client.link.JdkLinkConnector;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Store;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.DataDirectory;
import dev.dunlin.localstack.LocalStack;
import dev.dunlin.localstack.StackOptions;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The process of {@code ./dev check}, which defines the options for users and passes all of them.
 * Exits with 0 only if every figure is 0.
 */
@Command(name = "check")
public final class CheckMain implements Callable<Integer> {
    /** The SDK logs a warning for each fault that it meets, and a check causes many. */
    private static final Logger CLIENT = Logger.getLogger("dev.dunlin.client");

    private static final int BROKEN = 1;
    private static final int IMPOSSIBLE = 2;
    /** Their shards move when one of them is killed. */
    private static final int PRESENCE_SERVICES = 2;

    private static final int PUSH_SERVICES = 2;

    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    @Option(names = "--millis")
    private long millis;

    @Option(names = "--nemesis")
    private String nemesis = "all";

    @Option(names = "--seed")
    private long seed;

    @Option(names = "--store")
    private Store store = Store.POSTGRES;

    @Option(names = "--clients")
    private int clients;

    @Option(names = "--rate")
    private int rate;

    @Option(names = "--nodes")
    private int nodes;

    @Option(names = "--message-services")
    private int messageServices;

    @Option(names = "--data")
    private Path data = Path.of("");

    @Option(names = "--json")
    private @Nullable Path json;

    @Option(names = "--table")
    private @Nullable Path table;

    public static void main(String[] args) {
        CLIENT.setLevel(Level.OFF);
        System.exit(new CommandLine(new CheckMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, InvalidInput {
        if (table != null) {
            ResultsTable.of(Files.readAllLines(table)).forEach(System.out::println);
            return 0;
        }
        Path evidence = Files.createDirectories(data.resolve("evidence"));
        try (PrintWriter log = new PrintWriter(Files.newBufferedWriter(evidence.resolve("check.log")), true)) {
            Output out = new Output(log);
            CheckOptions options = new CheckOptions(
                    seed,
                    Duration.ofMillis(millis),
                    Fault.parse(nemesis),
                    store,
                    clients,
                    rate,
                    nodes,
                    messageServices,
                    "check",
                    AFTERWARDS,
                    true,
                    true);
            List<Strike> schedule =
                    Schedule.of(seed, options.faults(), options.length(), Math.max(nodes, messageServices));
            out.line("Checking for %d s with seed %d; all files are in %s"
                    .formatted(options.length().toSeconds(), seed, data));
            out.line(schedule.isEmpty() ? "No nemesis" : "The nemesis will:");
            schedule.forEach(strike -> out.line("  " + strike));
            endLeftovers(out);
            try {
                return judge(check(options, evidence, out), evidence, out);
            } catch (CannotCheck | StackException e) {
                out.line("Dunlin: no verdict: " + e.getMessage() + "; the logs are in " + data.resolve("logs"));
                return IMPOSSIBLE;
            }
        }
    }

    /** A check that was killed could not stop its suite: the next check does. */
    private void endLeftovers(Output out) throws IOException, InterruptedException {
        Path all = data.toAbsolutePath().getParent();
        if (all == null) {
            return;
        }
        List<Path> suites;
        try (Stream<Path> directories = Files.list(all)) {
            suites = directories
                    .filter(directory -> Files.isDirectory(directory.resolve("processes")))
                    .toList();
        }
        for (Path directory : suites) {
            DataDirectory suite = new DataDirectory(directory);
            try (DataDirectory.Lock _ = suite.lock()) {
                int left = suite.endLeftovers();
                if (left > 0) {
                    out.line("Ended " + left + " processes that an earlier check had left in " + directory);
                }
            } catch (StackException inUse) {
                out.line("Another check is running in " + directory);
            }
        }
    }

    private Result check(CheckOptions options, Path evidence, Output out) throws IOException, InterruptedException {
        StackOptions suite = StackOptions.onFreePorts(Checkout.fromSystemProperty(), data)
                .afresh()
                .withStore(store)
                .withNodes(options.nodes())
                .withMessageServices(options.messageServices())
                .withPresenceServices(PRESENCE_SERVICES)
                .withPushServices(PUSH_SERVICES)
                .withEnvironment(Map.of(
                        "presence-service",
                        Map.of("DUNLIN_PRESENCE_VISIBLE_TO", "everyone"),
                        "push-service",
                        SuiteSettings.PUSH));
        try (LocalStack stack = LocalStack.prepare(suite, line -> out.line("    " + line));
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build()) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
            stack.start(line -> out.line("    " + line));
            Access access = new Access(
                    stack.url(),
                    http,
                    who -> who.server()
                            ? stack.serverToken(who.user().value())
                            : stack.userToken(who.user().value()),
                    new JdkLinkConnector(http),
                    Clock.systemUTC());
            return new Check(options, access, new StackVictims(stack, store), evidence, out::line).run();
        }
    }

    private int judge(Result result, Path evidence, Output out) throws IOException {
        Report.lines(result).forEach(out::line);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("at", Clock.systemUTC().instant().toString());
        summary.putAll(Machine.facts(Checkout.fromSystemProperty()));
        summary.putAll(Report.summary(result));
        String line = new String(Json.write(summary), StandardCharsets.UTF_8) + "\n";
        Files.writeString(evidence.resolve("verdict.json"), line);
        if (json != null) {
            Files.writeString(json, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        if (Report.passed(result)) {
            // deleted, because the data of many checks would fill the disk
            new DataDirectory(data).forget();
            return 0;
        }
        Files.write(evidence.resolve("violations.txt"), Report.violations(result.verdict()));
        out.line("the evidence is in " + evidence
                + " (violations.txt, publishes.jsonl, steps.jsonl, presence.jsonl, push.jsonl, logs.jsonl), the suite's logs are in "
                + data.resolve("logs"));
        out.line("the same schedule again: ./dev check --seed " + seed + " --minutes " + millis / 60_000.0
                + " --nemesis " + nemesis + " --store " + store.text());
        return BROKEN;
    }

    /** Prints to the terminal and to a file. Thread-safe. */
    private record Output(PrintWriter log) {
        synchronized void line(String text) {
            System.out.println(text);
            System.out.flush();
            log.println(text);
        }
    }
}
