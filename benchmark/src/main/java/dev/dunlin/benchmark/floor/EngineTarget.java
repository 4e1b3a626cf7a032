package dev.dunlin.benchmark.floor;

import dev.dunlin.benchmark.load.CurrentRound;
import dev.dunlin.benchmark.load.MessageIds;
import dev.dunlin.benchmark.load.Payload;
import dev.dunlin.benchmark.load.Round;
import dev.dunlin.benchmark.load.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The floor: one producer ({@code acks=all}, idempotent, the client's defaults else) and one
 * consumer of the suite's own broker, in this process.
 */
public final class EngineTarget implements Target, AutoCloseable {
    private static final String TOPIC = "benchmark.floor";
    private static final int PARTITIONS = 6;

    private final String name;
    private final int keys;
    private final Payload.Template template;
    private final Producer<String, byte[]> producer;
    private final Thread reader;
    private final CurrentRound round = new CurrentRound();
    private volatile boolean closing;

    /**
     * Makes its topic and starts.
     *
     * @param keys how many different keys the records have
     * @param bytes of a record
     */
    public EngineTarget(String name, String servers, int keys, int bytes)
            throws InterruptedException, ExecutionException {
        this.name = name;
        this.keys = keys;
        this.template = Payload.record(bytes);
        createTopic(servers);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all", "enable.idempotence", true, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        CountDownLatch ready = new CountDownLatch(1);
        this.reader = Thread.ofPlatform().name("consumer-" + name).daemon().start(() -> read(servers, ready));
        ready.await();
    }

    private static void createTopic(String servers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
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
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    came(record.value());
                }
            }
        }
    }

    private void came(byte[] value) {
        int at = MessageIds.find(value, 0, value.length);
        if (at >= 0) {
            round.note(value, at, System.nanoTime(), Round::delivered);
        }
    }

    @Override
    public String name() {
        return name;
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
            if (failure == null) {
                current.acked(index, System.nanoTime());
            } else {
                current.refused();
            }
        });
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        closing = true;
        producer.close(Duration.ofSeconds(2));
        try {
            reader.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
