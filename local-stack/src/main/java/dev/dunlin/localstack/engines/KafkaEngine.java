package dev.dunlin.localstack.engines;

import dev.dunlin.localstack.Checkout;
import dev.dunlin.localstack.supervise.JavaCommand;
import dev.dunlin.localstack.supervise.Probe;
import dev.dunlin.localstack.supervise.ProcessSpec;
import dev.dunlin.localstack.supervise.ProcessSpec.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Kafka broker that is its own controller, in a JVM of its own. */
record KafkaEngine(Checkout checkout, Path data, int port, int controllerPort) {
    /** Written by the broker when it serves and its topics are there. */
    static final String READY_FILE = "ready";

    ProcessSpec spec(Path log) {
        Path readyFile = data.resolve(READY_FILE);
        Probe listening = Probe.port(port);
        return new ProcessSpec(
                "kafka",
                "kafka",
                command(),
                Map.of(),
                checkout.root(),
                "127.0.0.1:" + port,
                log,
                () -> Files.exists(readyFile) && listening.ready(),
                Duration.ofSeconds(90),
                StopSignal.TERM);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(JavaCommand.small("256m"));
        command.addAll(List.of(
                "-cp",
                checkout.classPath(),
                KafkaMain.class.getName(),
                data.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort)));
        return command;
    }
}
