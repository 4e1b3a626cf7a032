package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.build.Build;
import dev.dunlin.localstack.build.LauncherClassPath;
import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Starts a benchmark of the {@code benchmark} module in a separate JVM, after it has built what is
 * not built. The other arguments are the benchmark's.
 */
@Command(name = "bench", description = "Runs a benchmark; without a name, lists them.")
final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The benchmark; its options follow. NAME --help lists them.")
    private @Nullable String name;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Output out = Output.of(spec);
        if (name == null || name.startsWith("-")) {
            Stream.of(Benchmark.values())
                    .map(one -> "%-10s %s".formatted(one.text(), one.description()))
                    .forEach(out::line);
            out.line("./dev bench NAME --help lists the options of one.");
            return 0;
        }
        if (Stream.of(Benchmark.values()).noneMatch(one -> one.text().equals(name))) {
            throw new StackException("There is no benchmark \"" + name + "\": choose one of "
                    + Stream.of(Benchmark.values()).map(Benchmark::text).collect(Collectors.joining(", ")));
        }
        Checkout checkout = Checkout.fromSystemProperty();
        new Build(checkout, Clock.systemUTC())
                .runForBench(checkout.root().resolve("benchmark/target/build.log"), out::line);
        ProcessBuilder builder = new ProcessBuilder(command(checkout, name, arguments)).inheritIO();
        // Stronger than a command line: the engines, which the local stack starts with the quick
        // compiler only, get the optimising one too.
        builder.environment().put("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4");
        Process benchmark = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(benchmark), "end of the benchmark"));
        return benchmark.waitFor();
    }

    private static List<String> command(Checkout checkout, String name, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.executable().toString(),
                "-Xmx1g",
                "-Ddunlin.root=" + checkout.root(),
                "-cp",
                checkout.classPath("benchmark") + File.pathSeparator + LauncherClassPath.of(checkout),
                "dev.dunlin.benchmark.BenchmarkMain",
                name));
        command.addAll(arguments);
        return command;
    }

    /** Ctrl-C reaches both processes; the benchmark first ends what it started. */
    private static void end(Process benchmark) {
        benchmark.destroy();
        try {
            benchmark.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
