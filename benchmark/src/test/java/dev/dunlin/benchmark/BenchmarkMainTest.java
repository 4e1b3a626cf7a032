package dev.dunlin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.localstack.cli.Benchmark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchmarkMainTest {
    @Test
    void theListOfDevNamesAndDescribesEveryBenchmark() {
        Map<String, String> commands = BenchmarkMain.commandLine().getSubcommands().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        command -> String.join(
                                " ",
                                command.getValue()
                                        .getCommandSpec()
                                        .usageMessage()
                                        .description())));
        assertThat(commands)
                .isEqualTo(Stream.of(Benchmark.values())
                        .collect(Collectors.toMap(Benchmark::text, Benchmark::description)));
    }

    @Test
    void whatCannotBeMeasuredIsRefusedWithALine() {
        for (String[] arguments : new String[][] {
            {"message", "--rates", "0"},
            {"message", "--rates", "50", "--channels", "0"},
            {"message", "--rates", "50", "--peers", "centrifugo"},
            {"push", "--members", "0"},
            {"push", "--skip", "everything"}
        }) {
            StringWriter errors = new StringWriter();
            CommandLine command = BenchmarkMain.commandLine().setErr(new PrintWriter(errors, true));
            assertThat(command.execute(arguments)).isEqualTo(1);
            assertThat(errors.toString().lines()).singleElement().asString().startsWith("Dunlin: --");
        }
    }
}
