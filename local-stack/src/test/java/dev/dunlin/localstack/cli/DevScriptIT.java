package dev.dunlin.localstack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code ./dev} in a checkout in which nothing is built and nothing can be. */
class DevScriptIT {
    private static final Path ROOT = Checkout.fromSystemProperty().root();
    private static final Path HELP = Path.of("local-stack/src/main/dev-help.txt");

    @TempDir
    private Path fresh;

    @ParameterizedTest
    @ValueSource(strings = {"", "help", "-h", "--help"})
    void theHelpNeedsNoBuild(String argument) throws Exception {
        copy(Path.of("dev"));
        copy(HELP);
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", fresh.resolve("dev").toString()));
        if (!argument.isEmpty()) {
            command.add(argument);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo(Files.readString(ROOT.resolve(HELP)));
    }

    @Test
    void thatHelpIsTheOneOfTheCommands() throws IOException {
        String usage = DevCommand.commandLine()
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(80)
                .getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(Files.readString(ROOT.resolve(HELP))).isEqualTo(usage);
    }

    private void copy(Path file) throws IOException {
        Path copy = fresh.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(ROOT.resolve(file), copy);
    }
}
