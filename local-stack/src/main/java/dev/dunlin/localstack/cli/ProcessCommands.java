package dev.dunlin.localstack.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands for one process of a running stack. */
final class ProcessCommands {
    static final TypeReference<JsonNode> NOTHING = new TypeReference<>() {};

    private ProcessCommands() {}

    private static final class Target {
        @Mixin
        private DataOption data = new DataOption();

        @Parameters(
                paramLabel = "NAME",
                description = "kafka, redis, postgres, gateway, connection-1, message-service, …: as in ./dev status")
        private String name = "";

        void tell(String command, @Nullable CommandSpec spec, String done) {
            Control.require(data.directory()).ask(command, name, NOTHING);
            Output.of(spec).line(name + " " + done);
        }
    }

    @Command(
            name = "stop",
            description = "Stops one process; it stays away until it is started.",
            mixinStandardHelpOptions = true)
    static final class Stop implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Target target = new Target();

        @Override
        public void run() {
            target.tell("stop", spec, "is stopped");
        }
    }

    @Command(name = "start", description = "Starts one process that was stopped.", mixinStandardHelpOptions = true)
    static final class Start implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Target target = new Target();

        @Override
        public void run() {
            target.tell("start", spec, "is up");
        }
    }

    @Command(name = "restart", description = "Stops one process and starts it again.", mixinStandardHelpOptions = true)
    static final class Restart implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Target target = new Target();

        @Override
        public void run() {
            target.tell("restart", spec, "is up again");
        }
    }
}
