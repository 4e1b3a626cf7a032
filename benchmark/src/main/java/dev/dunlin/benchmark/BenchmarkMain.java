package dev.dunlin.benchmark;

import dev.dunlin.benchmark.fanout.FanOutCommand;
import dev.dunlin.benchmark.handshake.HandshakeCommand;
import dev.dunlin.benchmark.link.LinkCommand;
import dev.dunlin.benchmark.message.MessageCommand;
import dev.dunlin.benchmark.million.MillionCommand;
import dev.dunlin.benchmark.presence.PresenceCommand;
import dev.dunlin.benchmark.push.PushCommand;
import dev.dunlin.benchmark.storm.StormCommand;
import dev.dunlin.engines.supervise.StackException;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The process behind {@code ./dev bench NAME}. */
@Command(
        name = "./dev bench",
        description = "Measures Dunlin beside the floor and beside its peers, on this machine, over loopback.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            MessageCommand.class,
            HandshakeCommand.class,
            LinkCommand.class,
            FanOutCommand.class,
            StormCommand.class,
            PresenceCommand.class,
            MillionCommand.class,
            PushCommand.class
        })
public final class BenchmarkMain {
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    public static void main(String[] args) {
        KAFKA.setLevel(Level.SEVERE);
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchmarkMain())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof StackException || failure instanceof IOException) {
                        command.getErr().println("Dunlin: " + failure.getMessage());
                        return 1;
                    }
                    throw failure;
                });
    }
}
