package dev.dunlin.localstack.cli;

import dev.dunlin.engines.supervise.StackException;
import dev.dunlin.localstack.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "down",
        description = "Stops everything in order, also what a killed launcher has left.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException, IOException {
        DataDirectory directory = data.directory();
        Output out = Output.of(spec);
        Optional<Control> control = Control.find(directory);
        if (control.isPresent()) {
            Optional<ProcessHandle> launcher = Launchers.handle(control.get().address());
            control.get().ask("down", "", ProcessCommands.NOTHING);
            if (launcher.isPresent()) {
                await(launcher.get());
            }
            out.line("Dunlin is down");
            return 0;
        }
        if (!Files.isDirectory(directory.path())) {
            out.line("Dunlin is not up");
            return 0;
        }
        try (DataDirectory.Lock _ = directory.lock()) {
            int left = directory.endLeftovers();
            out.line(
                    left == 0
                            ? "Dunlin is not up"
                            : "Dunlin is down: ended " + left + " processes of a killed launcher");
            return 0;
        }
    }

    private static void await(ProcessHandle launcher) throws InterruptedException {
        try {
            launcher.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException(
                    "The launcher (process " + launcher.pid() + ") did not end in " + PATIENCE.toSeconds() + " s", e);
        }
    }
}
