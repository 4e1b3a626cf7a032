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
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Appends records with {@code acks=all}, idempotent. A record goes to the client on the caller's
 * thread. The client would block for metadata or memory: it is told not to, and what it refuses
 * goes through a bounded queue to one thread, which tries again for up to {@link #PATIENCE}. While
 * records are in that queue, all others follow them, so their order is kept.
 */
public final class KafkaRecords implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    /** How long a record waits for metadata or memory of the client. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(10);

    /** A client waits for the outcome of its record, so it fails soon. */
    private static final Map<String, Object> SETTINGS = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 0,
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
    /** Records of the queue that the client has not taken, the one that is tried included. */
    private int behind;

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
        return append(new ProducerRecord<>(topic, key, value), trace);
    }

    /**
     * Appends a record to this partition. Like {@link #append(String, String, byte[], TraceId)};
     * fails at once when the topic has no such partition, because others would wait behind it.
     */
    public CompletionStage<Void> append(String topic, int partition, String key, byte[] value, TraceId trace) {
        return append(new ProducerRecord<>(topic, partition, key, value), trace);
    }

    private CompletionStage<Void> append(ProducerRecord<String, byte[]> record, TraceId trace) {
        record.headers().add(TraceId.HEADER, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
        CompletableFuture<Void> done = new CompletableFuture<>();
        Waiting next = new Waiting(record, done);
        synchronized (this) {
            if (behind == 0 && isTaken(next, false)) {
                return done;
            }
            if (queue.offer(next)) {
                behind++;
                return done;
            }
        }
        done.completeExceptionally(new RefusedException(
                ErrorCode.OVERLOADED, "too much waits to be written already; try again", Duration.ofSeconds(1)));
        return done;
    }

    private void feed() {
        try {
            while (!closing || !queue.isEmpty()) {
                Waiting next = queue.take();
                if (!next.equals(WAKE_UP)) {
                    insist(next);
                }
            }
        } catch (InterruptedException outOfTime) {
            Thread.currentThread().interrupt();
        }
    }

    private void insist(Waiting next) throws InterruptedException {
        long attempts = PATIENCE.dividedBy(BETWEEN_ATTEMPTS);
        try {
            while (!isTaken(next, attempts == 0)) {
                attempts--;
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        } finally {
            synchronized (this) {
                behind--;
            }
        }
    }

    /**
     * Whether the client has taken the record, or it has failed for good.
     *
     * @param last whether a record that would have to wait fails, too
     */
    private boolean isTaken(Waiting next, boolean last) {
        Attempt attempt = new Attempt(next.done(), last);
        try {
            var unused = producer.send(next.record(), attempt);
            if (!attempt.ended()) {
                requirePartition(next.record());
            }
        } catch (RuntimeException e) {
            next.done().completeExceptionally(e);
            return true;
        }
        return attempt.ended();
    }

    /** Fails if the topic is known and has fewer partitions. */
    private void requirePartition(ProducerRecord<String, byte[]> record) {
        Integer partition = record.partition();
        if (partition == null) {
            return;
        }
        int partitions;
        try {
            partitions = producer.partitionsFor(record.topic()).size();
        } catch (TimeoutException unknownYet) {
            return;
        }
        if (partition >= partitions) {
            throw new IllegalStateException(
                    "topic " + record.topic() + " has " + partitions + " partitions, but needs more than " + partition);
        }
    }

    /**
     * The client calls it on the thread of {@code send} if it would have to wait, else later on its
     * own thread.
     */
    private static final class Attempt implements Callback {
        private final CompletableFuture<Void> done;
        private final boolean last;
        private final Thread sender = Thread.currentThread();
        /** On the thread of {@code send}. */
        private boolean wouldWait;

        Attempt(CompletableFuture<Void> done, boolean last) {
            this.done = done;
            this.last = last;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null) {
                done.complete(null);
            } else if (!last && failure instanceof TimeoutException && Thread.currentThread() == sender) {
                wouldWait = true;
            } else {
                done.completeExceptionally(failure);
            }
        }

        boolean ended() {
            return !wouldWait;
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
