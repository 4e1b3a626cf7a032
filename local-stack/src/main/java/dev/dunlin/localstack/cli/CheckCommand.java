package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.build.Build;
import dev.dunlin.localstack.build.LauncherClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description =
                "Starts a suite of its own, uses it while its processes are killed, and says whether every promise was kept.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final double MOST_MINUTES = 24 * 60;
    private static final long MINUTE = 60_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long it publishes, by default 2; 0.5 is possible.")
    private double minutes = 2;

    @Option(
            names = "--nemesis",
            paramLabel = "KINDS",
            description =
                    "all (by default), none, or a list such as kill-connection,stop-message,restart-kafka; kill, stop (SIGSTOP) and "
                            + "restart of connection, message, presence, push, redis, store, kafka; remove-redis, flush-redis, outage-kafka; "
                            + "push-429, push-500, push-hang of the provider of notifications. "
                            + "A part of a name means all that have it.")
    private String nemesis = "all";

    @Option(names = "--seed", paramLabel = "N", description = "Of the schedule; another each time if not said.")
    private @Nullable Long seed;

    @Mixin
    private SuiteOptions suite = new SuiteOptions(2);

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "How many clients, by default 24; half of them publish.")
    private int clients = 24;

    @Option(names = "--rate", paramLabel = "N", description = "How many publishes a second, by default 60.")
    private int rate = 60;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where its suite and the evidence are, by default .dunlin/checks/SEED.")
    private @Nullable Path data;

    @Option(names = "--json", paramLabel = "FILE", description = "Adds the result to this file as a line of JSON.")
    private @Nullable Path json;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "Checks nothing; prints such a file as a table in Markdown.")
    private @Nullable Path table;

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuse(minutes <= 0 || minutes > MOST_MINUTES, "--minutes " + minutes + ": above 0 and at most a day");
        refuse(clients < 4 || clients > 400, "--clients " + clients + ": 4 to 400 are possible");
        refuse(rate < 1 || rate > 5_000, "--rate " + rate + ": 1 to 5000 are possible");
        Output out = Output.of(spec);
        Checkout checkout = Checkout.fromSystemProperty();
        long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        Path directory = data == null
                ? checkout.root().resolve(".dunlin/checks/" + chosen)
                : data.toAbsolutePath().normalize();
        new Build(checkout, Clock.systemUTC()).runForCheck(directory.resolve("build.log"), out::line);
        Process check = new ProcessBuilder(command(checkout, chosen, directory))
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(check), "end of the check"));
        return check.waitFor();
    }

    private List<String> command(Checkout checkout, long chosen, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.executable().toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Ddunlin.root=" + checkout.root(),
                "-cp",
                classPath(checkout),
                "dev.dunlin.checker.CheckMain"));
        command.addAll(List.of(
                "--millis=" + Math.round(minutes * MINUTE),
                "--nemesis=" + nemesis,
                "--seed=" + chosen,
                "--store=" + suite.store().text(),
                "--clients=" + clients,
                "--rate=" + rate,
                "--nodes=" + suite.nodes(),
                "--message-services=" + suite.messageServices(),
                "--data=" + directory));
        if (table != null) {
            command.add("--table=" + Objects.requireNonNull(table).toAbsolutePath());
        }
        if (json != null) {
            command.add("--json=" + Objects.requireNonNull(json).toAbsolutePath());
        }
        return command;
    }

    // Its libraries are those of this module.
    private static String classPath(Checkout checkout) throws IOException {
        List<String> path = new ArrayList<>();
        for (Path target : List.of(
                checkout.root().resolve("checker/target"), checkout.root().resolve("clients/java/target"))) {
            if (Files.isDirectory(target)) {
                try (Stream<Path> files = Files.list(target)) {
                    files.map(Path::toString)
                            .filter(name -> name.matches(".*/dunlin-(checker|client)-[^-/]*(-SNAPSHOT)?\\.jar"))
                            .forEach(path::add);
                }
            }
        }
        path.add(LauncherClassPath.of(checkout));
        return String.join(File.pathSeparator, path);
    }

    private static void end(Process check) {
        check.destroy();
        try {
            check.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(boolean wrong, String line) {
        if (wrong) {
            throw new StackException(line);
        }
    }
}
