package dev.dunlin.benchmark;

import dev.dunlin.engines.supervise.StackException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The process of {@code benchmark/run} and {@code benchmark/links}. */
public final class BenchmarkMain {
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private BenchmarkMain() {}

    public static void main(String[] args) {
        KAFKA.setLevel(Level.SEVERE);
        System.exit(new CommandLine(new DurablePath())
                .addSubcommand(new LinkCosts())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof StackException) {
                        command.getErr().println("Dunlin: " + failure.getMessage());
                        return 1;
                    }
                    throw failure;
                })
                .execute(args));
    }
}
