package dev.dunlin.benchmark.floor;

import dev.dunlin.benchmark.load.CurrentRound;
import dev.dunlin.benchmark.load.MessageIds;
import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.load.Round;
import dev.dunlin.benchmark.load.Target;
import dev.dunlin.engines.EngineAddresses;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The floor of Dunlin's engines, driven by this process alone. For each message Kafka takes one
 * record and gives it back, PostgreSQL commits one row, and Redis publishes it once to one
 * subscriber. The commit is the ack, what the subscriber receives is the delivery.
 *
 * <p>The producer has {@code acks=all} and the client's defaults. One thread polls and publishes
 * what came; {@value #CONNECTIONS} threads commit it, each on its own connection. A thread ends,
 * with a line on standard error, when an engine fails: what it had counts as lost.
 */
public final class EngineTarget implements Target, AutoCloseable {
    private static final String TOPIC = "benchmark.floor";
    private static final int PARTITIONS = 6;
    private static final int CONNECTIONS = 8;
    private static final int MOST_WAITING = 100_000;

    private final int keys;
    private final Payload.Template template;
    private final Producer<String, byte[]> producer;
    private final RedisChannel redis;
    private final List<Rows> connections = new ArrayList<>();
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread reader;
    private final CurrentRound round = new CurrentRound();
    private volatile boolean closing;

    /**
     * Makes its topic and its table, and starts.
     *
     * @param keys how many different keys the records have
     * @param bytes of a record
     */
    public EngineTarget(EngineAddresses engines, String database, int keys, int bytes)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        this.keys = keys;
        this.template = Payload.record(bytes);
        this.redis = new RedisChannel(engines.redisPort(), this::delivered);
        Rows.create(engines, database);
        for (int i = 0; i < CONNECTIONS; i++) {
            Rows rows = new Rows(engines, database);
            connections.add(rows);
            Thread.ofPlatform().name("floor-rows").daemon().start(() -> commit(rows));
        }
        String servers = engines.kafkaBootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all", "enable.idempotence", true, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        CountDownLatch ready = new CountDownLatch(1);
        this.reader = Thread.ofPlatform().name("floor").daemon().start(() -> read(servers, ready));
        ready.await();
    }

    private void read(String servers, CountDownLatch ready) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            ready.countDown();
            while (!closing) {
                came(consumer.poll(Duration.ofMillis(100)));
            }
        } catch (IOException | InterruptedException e) {
            ended(e);
        }
    }

    private void came(ConsumerRecords<byte[], byte[]> records) throws IOException, InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            redis.publish(record.value());
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            waiting.put(record.value());
        }
    }

    private void commit(Rows rows) {
        try {
            while (!closing) {
                byte[] value = waiting.take();
                rows.insert(value);
                int at = MessageIds.find(value, 0, value.length);
                if (at >= 0) {
                    round.note(value, at, System.nanoTime(), Round::acked);
                }
            }
        } catch (SQLException | InterruptedException e) {
            ended(e);
        }
    }

    private void ended(Exception e) {
        if (!closing) {
            System.err.println("the floor ended: " + e.getMessage());
        }
    }

    private void delivered(byte[] bytes, int at) {
        round.note(bytes, at, System.nanoTime(), Round::delivered);
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public void begin(Round next) {
        round.begin(next);
    }

    @Override
    public void send(int index) {
        Round current = round.require();
        byte[] value = template.with(current.number(), index).clone();
        var unused = producer.send(new ProducerRecord<>(TOPIC, "channel-" + index % keys, value), (stored, failure) -> {
            if (failure != null) {
                current.refused();
            }
        });
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        closing = true;
        producer.close(Duration.ofSeconds(2));
        try {
            reader.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        redis.close();
        for (Rows rows : connections) {
            rows.close();
        }
    }
}
