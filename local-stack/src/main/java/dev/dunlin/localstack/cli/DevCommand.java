package dev.dunlin.localstack.cli;

import dev.dunlin.engines.supervise.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the commands; {@code main} of {@code ./dev}. */
@Command(
        name = "./dev",
        description = "Runs all of Dunlin on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            ProcessCommands.Stop.class,
            ProcessCommands.Start.class,
            ProcessCommands.Restart.class,
            TokenCommand.class,
            ChatCommand.class,
            CheckCommand.class,
            TestCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        })
public final class DevCommand {
    static final int FAILED = 1;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new DevCommand())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof StackException) {
                        command.getErr().println("Dunlin: " + failure.getMessage());
                        return FAILED;
                    }
                    throw failure;
                });
    }
}
