package dev.dunlin.engines;

import dev.dunlin.engines.supervise.JavaCommand;
import dev.dunlin.engines.supervise.Probe;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.ProcessSpec.StopSignal;
import dev.dunlin.engines.tokens.PrivateFile;
import dev.dunlin.protocol.kafka.Topics;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Kafka broker that is its own controller, in a JVM of its own. */
record KafkaEngine(
        Checkout checkout,
        Path data,
        int port,
        int controllerPort,
        @Nullable EngineSecurity security) {
    /** Written by the broker when it serves and its topics are there. */
    static final String READY_FILE = "ready";

    ProcessSpec spec(Path log) throws IOException {
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

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.small("256m"));
        command.addAll(JavaCommand.archive(checkout.kafkaArchive(), checkout.kafkaJars()));
        command.addAll(List.of(
                "-cp",
                checkout.kafkaClassPath(),
                KafkaMain.class.getName(),
                data.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort),
                Topics.ALL.stream().map(KafkaEngine::plan).collect(Collectors.joining(","))));
        if (security != null) {
            command.add(securityFile(security).toString());
        }
        return command;
    }

    private static String plan(String topic) {
        OptionalInt partitions = Topics.partitions(topic);
        return partitions.isEmpty() ? topic : topic + ":" + partitions.getAsInt();
    }

    /**
     * Overrides properties of {@link KafkaMain}. Advertises the listener by name, for clients that
     * verify the name.
     */
    private Path securityFile(EngineSecurity by) throws IOException {
        String login =
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(EngineAddresses.USER, by.password());
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "listeners",
                "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "CLIENT://localhost:" + port,
                "listener.security.protocol.map",
                "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "CLIENT",
                "sasl.mechanism.inter.broker.protocol",
                KafkaMain.MECHANISM,
                "sasl.enabled.mechanisms",
                KafkaMain.MECHANISM,
                "listener.name.client.scram-sha-512.sasl.jaas.config",
                login));
        properties.putAll(Map.of(
                "ssl.keystore.type", "PKCS12",
                "ssl.keystore.location", by.keyStore().toString(),
                "ssl.keystore.password", by.storePassword(),
                "ssl.key.password", by.storePassword(),
                "ssl.truststore.type", "PKCS12",
                "ssl.truststore.location", by.trustStore().toString(),
                "ssl.truststore.password", by.storePassword()));
        properties.putAll(Map.of(
                KafkaMain.CLIENT + "bootstrap.servers",
                "localhost:" + port,
                KafkaMain.CLIENT + "security.protocol",
                "SASL_SSL",
                KafkaMain.CLIENT + "sasl.mechanism",
                KafkaMain.MECHANISM,
                KafkaMain.CLIENT + "sasl.jaas.config",
                login,
                KafkaMain.CLIENT + "ssl.truststore.type",
                "PKCS12",
                KafkaMain.CLIENT + "ssl.truststore.location",
                by.trustStore().toString(),
                KafkaMain.CLIENT + "ssl.truststore.password",
                by.storePassword(),
                KafkaMain.USER,
                "name=" + EngineAddresses.USER + ",password=" + by.password()));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path file = data.resolve("security.properties");
        PrivateFile.write(file, text.toString());
        return file;
    }
}
