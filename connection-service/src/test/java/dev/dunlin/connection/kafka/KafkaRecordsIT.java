package dev.dunlin.connection.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.protocol.TraceId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** A client that knows no topic yet would have to wait, and does not: records queue up for it. */
@BesideQuarkus
class KafkaRecordsIT {
    private static final TraceId TRACE = new TraceId(1, 1);

    private final String kafka = TestEngines.join().kafkaBootstrapServers();
    private final String key = "key-" + UUID.randomUUID();
    /** No topic of the services: tests in other processes read those meanwhile. */
    private final String topic = "records-" + UUID.randomUUID();

    @Test
    void recordsKeepTheirOrderWhetherTheyWaitedOrNot() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(topic, 6, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
        try (KafkaRecords records = records(kafka, 1_000);
                KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<CompletableFuture<Void>> appended = new ArrayList<>();
            for (int i = 0; i < 100; i++) { // the first of them wait for the metadata of the topic
                appended.add(append(records, i));
            }
            for (int i = 100; i < 200; i++) {
                Thread.sleep(1);
                appended.add(append(records, i));
            }
            CompletableFuture.allOf(appended.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

            assertThat(read(consumer, 200))
                    .isEqualTo(
                            IntStream.range(0, 200).mapToObj(Integer::toString).toList());
        }
    }

    @Test
    void recordFailsInTimeWhenKafkaIsNotThere() {
        try (KafkaRecords records = records("127.0.0.1:1", 1_000)) {
            assertThat(append(records, 1))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("Timeout");
        }
    }

    @Test
    void recordForAPartitionThatIsNotThereFailsAndHoldsUpNoOther() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(topic, 6, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
        try (KafkaRecords records = records(kafka, 1_000)) {
            append(records, 1).get(20, TimeUnit.SECONDS);
            assertThat(records.append(topic, 5, key, new byte[0], TRACE)).succeedsWithin(Duration.ofSeconds(20));
            assertThat(records.append(topic, 6, key, new byte[0], TRACE))
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("has 6 partitions");
        }
    }

    @Test
    void recordIsRefusedAtOnceWhenTheQueueIsFull() {
        try (KafkaRecords records = records("127.0.0.1:1", 10)) {
            // One of them may be with the client, before or after the queue was full.
            List<CompletableFuture<Void>> appended =
                    IntStream.range(0, 12).mapToObj(i -> append(records, i)).toList();
            assertThat(appended.stream()
                            .filter(CompletableFuture::isCompletedExceptionally)
                            .findFirst()
                            .orElseThrow())
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(RefusedException.class);
        }
    }

    private CompletableFuture<Void> append(KafkaRecords records, int number) {
        return records.append(topic, key, Integer.toString(number).getBytes(StandardCharsets.UTF_8), TRACE)
                .toCompletableFuture();
    }

    private static KafkaRecords records(String servers, int queue) {
        return new KafkaRecords(Map.of("bootstrap.servers", servers), queue, new SimpleMeterRegistry());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    private List<String> read(KafkaConsumer<String, byte[]> consumer, int count) {
        List<String> values = new ArrayList<>();
        for (int polls = 0; polls < 100 && values.size() < count; polls++) {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                if (record.key().equals(key)) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            });
        }
        return values;
    }
}
