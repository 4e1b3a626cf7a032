package dev.dunlin.localstack.cli;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

@Command(name = "bench", description = "Runs a benchmark; without a name, lists them.", mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "A script of benchmark/.")
    private @Nullable String name;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path directory = Checkout.fromSystemProperty().root().resolve("benchmark");
        List<String> names = names(directory);
        if (name == null) {
            names.forEach(Output.of(spec)::line);
            return 0;
        }
        if (!names.contains(name)) {
            throw new StackException(
                    "There is no benchmark \"" + name + "\": choose one of " + String.join(", ", names));
        }
        List<String> command = new ArrayList<>(List.of(directory.resolve(name).toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
