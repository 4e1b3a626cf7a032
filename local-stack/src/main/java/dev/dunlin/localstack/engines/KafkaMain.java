package dev.dunlin.localstack.engines;

import dev.dunlin.protocol.kafka.Topics;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The process of the Kafka broker: {@code KafkaMain DIRECTORY PORT CONTROLLER_PORT}. Ends at SIGTERM. */
public final class KafkaMain {
    private static final List<Logger> LOGS = List.of(Logger.getLogger("org.apache.kafka"), Logger.getLogger("kafka"));
    private static final int PARTITIONS = 6;

    private KafkaMain() {}

    public static void main(String[] args) throws Exception {
        LOGS.forEach(log -> log.setLevel(Level.WARNING));
        Path directory = Files.createDirectories(Path.of(args[0]));
        Path ready = directory.resolve(KafkaEngine.READY_FILE);
        Files.deleteIfExists(ready);
        int port = Integer.parseInt(args[1]);
        Properties properties = properties(directory.resolve("log"), port, Integer.parseInt(args[2]));
        format(directory);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        createTopics(port);
        Files.createFile(ready);
        server.awaitShutdown();
        Files.deleteIfExists(ready);
    }

    private static Properties properties(Path log, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                log.toString(),
                "num.partitions",
                Integer.toString(PARTITIONS),
                "auto.create.topics.enable",
                "false"));
        // One broker on a small machine: no copies, few internal partitions, no waiting for more members.
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "3",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "3",
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "4194304",
                "log.segment.bytes", "67108864",
                "broker.heartbeat.interval.ms", "500",
                "broker.session.timeout.ms", "4000"));
        return properties;
    }

    private static void format(Path directory) throws Exception {
        Path log = directory.resolve("log");
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(log);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .run();
    }

    private static void createTopics(int port) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port))) {
            Set<String> existing = admin.listTopics().names().get();
            admin.createTopics(Topics.ALL.stream()
                            .filter(name -> !existing.contains(name))
                            .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }
}
