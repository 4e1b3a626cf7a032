package dev.dunlin.edge.revocation;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Topics#USER_EVENTS} into {@link Revocations}, in every process and without a
 * consumer group. It first reads back as far as tokens live, then follows the topic, on its own
 * thread. While Kafka is unreachable, known revocations stay, and it retries every second.
 */
public final class RevocationLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RevocationLog.class);
    /** An event ends the wait at once. Nothing is reassigned, so no fetch has to return earlier. */
    private static final Duration POLL = Duration.ofSeconds(15);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(30);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Map<String, Object> config;
    private final Revocations revocations;
    private final Duration past;
    private final InstantSource clock;
    private final CountDownLatch read = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread reader;
    private volatile @Nullable KafkaConsumer<String, byte[]> current;

    /**
     * Does not read until {@link #start}.
     *
     * @param common the client properties of {@code kafka.*}
     * @param past how far back to read, from now
     */
    public RevocationLog(Map<String, Object> common, Revocations revocations, Duration past, InstantSource clock) {
        this.config = new HashMap<>(common);
        config.keySet().removeIf(key -> key.startsWith("group."));
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(POLL.toMillis()));
        this.revocations = revocations;
        this.past = past;
        this.clock = clock;
    }

    /**
     * Starts the reader, and waits up to {@code patience} for it to read the past. Returns whether
     * it has.
     */
    public boolean start(Duration patience) throws InterruptedException {
        reader = Thread.ofPlatform().name("dunlin-revocations").daemon().start(this::run);
        return read.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            do {
                try {
                    read();
                } catch (WakeupException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.warnf("%s cannot be read now: %s", Topics.USER_EVENTS, e.getMessage());
                }
            } while (!closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        current = consumer;
        try {
            follow(consumer);
        } finally {
            // There is no group to leave, and the broker would answer only after the pending fetch.
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** Returns when the topic has more partitions, or when this is closed. */
    private void follow(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        if (partitions.isEmpty()) {
            LOG.warnf("there is no topic %s", Topics.USER_EVENTS);
            return;
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        seek(consumer, partitions, ends);
        Instant lookAt = clock.instant().plus(LOOK_FOR_PARTITIONS);
        while (closing.getCount() > 0) {
            if (read.getCount() > 0
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                revocations.completed();
                read.countDown();
            }
            consumer.poll(POLL).forEach(this::take);
            if (!clock.instant().isBefore(lookAt)) {
                lookAt = clock.instant().plus(LOOK_FOR_PARTITIONS);
                revocations.forgetOld();
                if (partitions(consumer).size() != partitions.size()) {
                    return;
                }
            }
        }
    }

    private void seek(
            KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        long from = clock.instant().minus(past).toEpochMilli();
        Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> from)));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            consumer.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        return consumer.partitionsFor(Topics.USER_EVENTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            switch (Json.read(record.value(), UserEvent.class)) {
                case UserEvent.SessionsEnded ended -> revocations.add(ended);
                case UserEvent.UserErased erased -> {} // other consumers erase the user's data
            }
        } catch (InvalidInput e) {
            LOG.warnf("skipped %s-%d@%d: %s", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    /** Stops within two seconds. */
    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<String, byte[]> reading = current;
        if (reading != null) {
            reading.wakeup();
        }
        if (reader != null) {
            try {
                reader.join(CLOSE_WITHIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
