package dev.dunlin.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.supervise.Backoff;
import dev.dunlin.engines.supervise.Health;
import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.RunningProcess;
import dev.dunlin.engines.supervise.SupervisedProcess;
import dev.dunlin.protocol.kafka.Topics;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesIT {
    private final List<RunningProcess> running = new ArrayList<>();
    private final List<SupervisedProcess> supervised = new ArrayList<>();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void stop() throws InterruptedException {
        for (RunningProcess process : running) {
            process.stop();
        }
        running.clear();
        for (SupervisedProcess process : supervised) {
            process.stop();
        }
        supervised.clear();
    }

    @Test
    void whatTheEnginesKeptIsThereAfterARestartOnTheSamePorts() throws Exception {
        EngineAddresses first = start();
        write(first);
        stop();

        EngineAddresses second = start();

        assertThat(second).isEqualTo(first);
        assertThatAllIsThere(second);
        assertThat(Files.getPosixFilePermissions(directory.resolve("postgres/password")))
                .hasSize(2);
    }

    @Test
    void killedEnginesComeBackByThemselvesWithWhatTheyKept() throws Exception {
        Engines engines = prepare();
        ProcessRecords records = new ProcessRecords(directory.resolve("processes"));
        for (ProcessSpec spec : engines.specs()) {
            SupervisedProcess process = new SupervisedProcess(spec, records, System.out::println, Backoff.USUAL);
            supervised.add(process);
            process.start();
        }
        write(engines.addresses());
        try (Connection open = connect(engines.addresses());
                Statement busy = open.createStatement()) {
            Thread query = Thread.ofVirtual()
                    .start(() -> sleepInTheDatabase(busy)); // a child that is at work outlives its parent for a while
            for (SupervisedProcess process : supervised) {
                long before = process.pid().orElseThrow();
                assertThat(process.kill()).isTrue();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> process.pid().filter(pid -> pid != before).isPresent()
                                && process.health() == Health.UP);
            }
            query.join();
        }
        assertThatAllIsThere(engines.addresses());
    }

    private static void sleepInTheDatabase(Statement statement) {
        assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(120)")).isInstanceOf(SQLException.class);
    }

    private Engines prepare() throws Exception {
        return Engines.prepare(
                Checkout.fromSystemProperty(),
                directory,
                new Ports(directory.resolve("ports")),
                List.of("message"),
                Store.POSTGRES,
                System.out::println);
    }

    private EngineAddresses start() throws Exception {
        Engines engines = prepare();
        ProcessRecords records = new ProcessRecords(directory.resolve("processes"));
        for (ProcessSpec spec : engines.specs()) {
            running.add(RunningProcess.start(spec, records));
        }
        for (RunningProcess process : running) {
            process.awaitReady();
        }
        return engines.addresses();
    }

    private static void write(EngineAddresses addresses) throws Exception {
        try (Connection connection = connect(addresses);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS n");
        }
        assertThat(redis(addresses, "SET kept 42\r\n", 5)).isEqualTo("+OK\r\n");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", addresses.kafkaBootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("channel.commands", 0, "group:eng", "kept"))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void assertThatAllIsThere(EngineAddresses addresses) throws Exception {
        try (Connection connection = connect(addresses);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT n FROM kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
        assertThat(redis(addresses, "GET kept\r\n", 8)).isEqualTo("$2\r\n42\r\n");
        TopicPartition partition = new TopicPartition("channel.commands", 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses.kafkaBootstrapServers()))) {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(20, TimeUnit.SECONDS)
                    .offset();
            assertThat(end).isEqualTo(1);
            List<ConfigResource> topics = Topics.ALL.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            assertThat(admin.describeConfigs(topics).all().get(20, TimeUnit.SECONDS))
                    .hasSameSizeAs(topics)
                    .allSatisfy((topic, settings) -> assertThat(
                                    settings.get("retention.ms").source())
                            .as("%s says itself how long it keeps", topic.name())
                            .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG));
        }
    }

    private static String redis(EngineAddresses addresses, String command, int answerBytes) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), addresses.redisPort())) {
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(answerBytes), StandardCharsets.US_ASCII);
        }
    }

    private static Connection connect(EngineAddresses addresses) throws Exception {
        return Objects.requireNonNull(
                DriverManager.getConnection(addresses.jdbcUrl("message"), EngineAddresses.USER, addresses.password()));
    }
}
