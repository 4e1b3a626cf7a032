package dev.dunlin.connection.kafka;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.kafka.ProducerSettings;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.TraceId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Appends records with {@code acks=all}, idempotent. The client may block for metadata or memory.
 * So calls go through a bounded queue to one thread, which also keeps their order.
 */
public final class KafkaRecords implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    /** A client waits for the outcome of its record, so it fails soon. */
    private static final Map<String, Object> SETTINGS = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);

    /** Ends the wait of the feeder for a record. Never sent. */
    private static final Waiting WAKE_UP =
            new Waiting(new ProducerRecord<>("none", new byte[0]), new CompletableFuture<>());

    private final Producer<String, byte[]> producer;
    private final KafkaClientMetrics meters;
    private final BlockingQueue<Waiting> queue;
    private final Thread feeder;
    private volatile boolean closing;

    /**
     * Starts, and publishes {@code kafka_producer_*} to {@code registry}. {@code common}: the
     * client properties of {@code kafka.*}.
     */
    public KafkaRecords(Map<String, Object> common, int queueSize, MeterRegistry registry) {
        this.producer = new KafkaProducer<>(
                ProducerSettings.of(common, SETTINGS), new StringSerializer(), new ByteArraySerializer());
        this.meters = new KafkaClientMetrics(producer);
        meters.bindTo(registry);
        this.queue = new ArrayBlockingQueue<>(queueSize);
        this.feeder = Thread.ofPlatform().name("dunlin-kafka-records").daemon().start(this::feed);
    }

    private record Waiting(ProducerRecord<String, byte[]> record, CompletableFuture<Void> done) {}

    /**
     * Appends a record. Never blocks, any thread. Completes on any thread when the record is on
     * disk under {@code acks=all}; fails with a {@link RefusedException} {@code overloaded} at once
     * when the queue is full, else with what Kafka says.
     */
    public CompletionStage<Void> append(String topic, String key, byte[] value, TraceId trace) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        record.headers().add(TraceId.HEADER, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!queue.offer(new Waiting(record, done))) {
            done.completeExceptionally(new RefusedException(
                    ErrorCode.OVERLOADED, "too much waits to be written already; try again", Duration.ofSeconds(1)));
        }
        return done;
    }

    private void feed() {
        try {
            while (!closing || !queue.isEmpty()) {
                Waiting next = queue.take();
                if (!next.equals(WAKE_UP)) {
                    send(next);
                }
            }
        } catch (InterruptedException outOfTime) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Waiting next) {
        try {
            var unused = producer.send(next.record(), (metadata, failure) -> settle(next.done(), failure));
        } catch (RuntimeException e) {
            next.done().completeExceptionally(e);
        }
    }

    private static void settle(CompletableFuture<Void> done, @org.jspecify.annotations.Nullable Exception failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /**
     * Stops. Queued records get three seconds to be sent, and three more to be acknowledged.
     * Blocks.
     */
    @Override
    public void close() {
        closing = true;
        boolean unused = queue.offer(WAKE_UP); // while the queue is full, the feeder does not wait
        try {
            feeder.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feeder.interrupt();
        meters.close();
        producer.close(CLOSE_WITHIN);
    }
}
