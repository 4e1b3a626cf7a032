package dev.dunlin.engines;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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

/**
 * The process of the Kafka broker: {@code KafkaMain DIRECTORY PORT CONTROLLER_PORT TOPICS
 * [SECURITY]}. Ends at SIGTERM. TOPICS are the topics to create, {@code NAME} or
 * {@code NAME:PARTITIONS}, with commas between them. SECURITY is a file of broker properties. Those
 * that begin with {@link #CLIENT} are for the broker's own client. It uses no class of this
 * project, so that its class path has jars only: the JVM archives classes of jars.
 */
public final class KafkaMain {
    private static final List<Logger> LOGS = List.of(Logger.getLogger("org.apache.kafka"), Logger.getLogger("kafka"));
    private static final int PARTITIONS = 6;
    /**
     * Set on each topic, as operators must: Kafka keeps a record of an erased user until this time
     * has passed.
     */
    private static final Map<String, String> KEPT =
            Map.of("retention.ms", Long.toString(Duration.ofDays(7).toMillis()));

    static final String MECHANISM = "SCRAM-SHA-512";
    /** The prefix of the properties of the client that creates the topics. */
    static final String CLIENT = "client.";
    /** The property of the user that is created with the cluster: {@code name=N,password=P}. */
    static final String USER = "dunlin.user";

    private KafkaMain() {}

    public static void main(String[] args) throws Exception {
        LOGS.forEach(log -> log.setLevel(Level.WARNING));
        Path directory = Files.createDirectories(Path.of(args[0]));
        Path ready = directory.resolve(KafkaEngine.READY_FILE);
        Files.deleteIfExists(ready);
        int port = Integer.parseInt(args[1]);
        Properties security = args.length > 4 ? read(Path.of(args[4])) : new Properties();
        Properties properties = properties(directory.resolve("log"), port, Integer.parseInt(args[2]));
        Map<String, Object> client =
                new HashMap<>(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port));
        for (String name : security.stringPropertyNames()) {
            if (name.startsWith(CLIENT)) {
                client.put(name.substring(CLIENT.length()), security.getProperty(name));
            } else if (!name.equals(USER)) {
                properties.setProperty(name, security.getProperty(name));
            }
        }
        format(directory, security);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        createTopics(client, List.of(args[3].split(",")));
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
        // One broker on a small machine: no copies, few internal partitions, no waiting for more
        // members.
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "3",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "3",
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "4194304",
                "log.segment.bytes", "67108864",
                "broker.heartbeat.interval.ms", "1500",
                "broker.session.timeout.ms", "4000"));
        // Idle threads and empty records take CPU from all else on the machine. Each thread wakes
        // several times a second. Only the metrics of a larger cluster need the empty records that
        // the controller writes twice a second.
        properties.putAll(Map.of(
                "num.network.threads", "1",
                "num.io.threads", "2",
                "group.coordinator.threads", "1",
                "metadata.max.idle.interval.ms", "0"));
        return properties;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        }
        return properties;
    }

    private static void format(Path directory, Properties security) throws Exception {
        Path log = directory.resolve("log");
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(log);
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true);
        String user = security.getProperty(USER);
        if (user != null) {
            formatter.setScramArguments(List.of(MECHANISM + "=[" + user + "]"));
        }
        formatter.run();
    }

    private static void createTopics(Map<String, Object> client, List<String> topics)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(client)) {
            Set<String> existing = admin.listTopics().names().get();
            admin.createTopics(topics.stream()
                            .map(KafkaMain::topic)
                            .filter(topic -> !existing.contains(topic.name()))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static NewTopic topic(String plan) {
        String[] parts = plan.split(":", 2);
        int partitions = parts.length == 1 ? PARTITIONS : Integer.parseInt(parts[1]);
        return new NewTopic(parts[0], partitions, (short) 1).configs(KEPT);
    }
}
