package dev.dunlin.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DevCommandTest {
    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @Test
    void theHelpNamesEveryCommand() {
        assertThat(run("help")).isZero();
        assertThat(output.toString())
                .contains("up", "down", "status", "logs", "stop", "start", "restart", "token", "chat");
    }

    @Test
    void wrongArgumentsAreAUsageError() {
        assertThat(run("up", "--port", "eighty")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("--port");
        assertThat(run("stop")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("token", "alice", "--ttl", "soon")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("nonsense")).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    @Test
    void aWrongNumberOfNodesIsOneLine() {
        assertThat(run("up", "--port", "0", "--nodes", "0", "--data", "/nowhere"))
                .isEqualTo(DevCommand.FAILED);
        assertThat(errors.toString().lines()).hasSize(1);
        assertThat(errors.toString()).contains("--nodes 0: 1 to 16 are possible");
    }

    @Test
    void anUnknownModuleOrBenchmarkIsOneLineThatNamesOthers() {
        assertThat(run("test", "mesage-service")).isEqualTo(DevCommand.FAILED);
        assertThat(errors.toString().lines()).hasSize(1);
        assertThat(errors.toString()).contains("\"mesage-service\"", "message-service");
        errors.getBuffer().setLength(0);
        assertThat(run("bench", "mesage", "--rates", "50")).isEqualTo(DevCommand.FAILED);
        assertThat(errors.toString().lines()).singleElement().asString().contains("\"mesage\"", "message");
    }

    @Test
    void benchWithoutANameListsTheBenchmarksWithALineEach() {
        for (String[] arguments : new String[][] {{"bench"}, {"bench", "--help"}}) {
            output.getBuffer().setLength(0);
            assertThat(run(arguments)).isZero();
            for (Benchmark benchmark : Benchmark.values()) {
                assertThat(output.toString().lines())
                        .anyMatch(line -> line.startsWith(benchmark.text()) && line.endsWith(benchmark.description()));
            }
        }
    }

    @Test
    void aRepeatThatCannotBeRunIsOneLine() {
        for (String[] wrong : new String[][] {
            {"test", "--repeat", "0"},
            {"test", "--repeat", "2", "push-service"},
            {"test", "--repeat", "2", "--times"}
        }) {
            errors.getBuffer().setLength(0);
            assertThat(run(wrong)).isEqualTo(DevCommand.FAILED);
            assertThat(errors.toString().lines()).singleElement().asString().contains("--repeat takes a number from 1");
        }
    }

    private int run(String... arguments) {
        return DevCommand.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
