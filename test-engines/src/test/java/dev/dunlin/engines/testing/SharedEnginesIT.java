package dev.dunlin.engines.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

class SharedEnginesIT {
    private final TestEngines engines = TestEngines.join();

    @Test
    void kafkaKeepsARecordOfATopicWithAPartitionForEachShard() throws Exception {
        String value = UUID.randomUUID().toString();
        RecordMetadata written;
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        engines.kafkaBootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                new StringSerializer(),
                new StringSerializer())) {
            written = producer.send(new ProducerRecord<>("session.events", "alice", value))
                    .get();
        }
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, engines.kafkaBootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            assertThat(consumer.partitionsFor("session.events")).hasSize(64);
            TopicPartition partition = new TopicPartition(written.topic(), written.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, written.offset());
            assertThat(consumer.poll(Duration.ofSeconds(20)))
                    .extracting(ConsumerRecord::value)
                    .contains(value);
        }
    }

    @Test
    void redisKeepsAValue() throws Exception {
        URI redis = URI.create(engines.redisUri());
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write("SET it:key 42\r\nGET it:key\r\n".getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
            assertThat(answers).isEqualTo("+OK\r\n$2\r\n42\r\n");
        }
    }

    @Test
    void aFreshDatabaseIsEmpty() throws SQLException {
        engines.freshDatabase("it_fresh");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT 42 AS n");
        }
        engines.freshDatabase("it_fresh");
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet tables =
                        statement.executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getInt(1)).isZero();
        }
    }

    @Test
    void theJwksVerifiesAUsersToken() throws Exception {
        JwtClaims claims = verifier().processToClaims(TestTokens.user("alice"));

        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.hasClaim("scope")).isFalse();
    }

    @Test
    void theServiceTokenHasTheScopeInternal() throws Exception {
        String token = Files.readString(engines.serviceTokenFile());

        assertThat(verifier().processToClaims(token).getStringClaimValue("scope"))
                .isEqualTo("internal");
    }

    @Test
    void grantsAreInTheToken() throws Exception {
        String grants = "[{\"channel\":\"live:*\",\"can\":[\"subscribe\"]}]";

        JwtClaims claims = verifier().processToClaims(TestTokens.withChannels("alice", grants));

        assertThat(claims.getClaimValue("channels"))
                .isEqualTo(List.of(Map.of("channel", "live:*", "can", List.of("subscribe"))));
    }

    @Test
    void expiredAndForeignTokensAreRefused() {
        for (String token : List.of(TestTokens.user("alice", Duration.ofMinutes(-1)), TestTokens.foreign("alice"))) {
            assertThatThrownBy(() -> verifier().processToClaims(token)).isInstanceOf(InvalidJwtException.class);
        }
    }

    @Test
    void everyoneOfThisBuildJoinsTheSameEngines() {
        assertThat(TestEngines.join().kafkaBootstrapServers()).isEqualTo(engines.kafkaBootstrapServers());
    }

    @Test
    void threadsOfOneJvmJoinAtTheSameTime() throws Exception {
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Future<String>> joined = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                joined.add(executor.submit(() -> {
                    together.await();
                    return TestEngines.join().redisUri();
                }));
            }
        }
        for (Future<String> one : joined) {
            assertThat(one.get()).isEqualTo(engines.redisUri());
        }
    }

    private JwtConsumer verifier() {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(new HttpsJwks(engines.jwksUrl())))
                .setExpectedIssuer(engines.issuer())
                .setExpectedAudience(engines.audience())
                .setRequireExpirationTime()
                .build();
    }

    private Connection connect() throws SQLException {
        return Objects.requireNonNull(DriverManager.getConnection(
                engines.jdbcUrl("it_fresh"), engines.databaseUser(), engines.databasePassword()));
    }
}
