package dev.dunlin.localstack.cli;

import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        description = "Prints what the processes have logged.",
        footer = {"", "The way of each message through the services is logged after ./dev up --trace."},
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "One process; by default all, in order of time.")
    private String service = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what comes.")
    private boolean follow;

    @Option(names = "--json", description = "The lines as they were written.")
    private boolean raw;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LogReader reader = new LogReader(files(), raw);
        Output out = Output.of(spec);
        reader.readAll().forEach(out::line);
        while (follow) {
            Thread.sleep(200);
            reader.readAll().forEach(out::line);
        }
        return 0;
    }

    private List<Path> files() throws IOException {
        Path directory = data.directory().logs();
        if (!Files.isDirectory(directory)) {
            throw new StackException("There are no logs in " + directory + " yet: start Dunlin with ./dev up");
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> !file.endsWith("build.log"))
                    .sorted()
                    .toList();
            if (service.isEmpty()) {
                return all;
            }
            return List.of(all.stream()
                    .filter(file -> file.endsWith(service + ".log"))
                    .findFirst()
                    .orElseThrow(() -> new StackException("There is no log of " + service + " in " + directory)));
        }
    }
}
