package dev.dunlin.push.event.kafka;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes the consumer read a few larger batches under load, and one record at once when it is alone.
 * The broker could gather records as well ({@code fetch.min.bytes}), but then it answers every
 * {@code fetch.max.wait.ms}, also while there are none. The consumer creates it, and calls it on
 * its polling thread.
 */
@RegisterForReflection
public final class GatheringReads implements ConsumerInterceptor<String, byte[]> {
    /** From one small batch to the next. Notifications have a delay anyway. */
    private static final Duration BETWEEN = Duration.ofMillis(500);
    /** A larger batch does not wait: there may be more behind it. */
    private static final int FEW = 100;

    private long lastNanos = System.nanoTime() - BETWEEN.toNanos();

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
        Duration left = BETWEEN.minusNanos(System.nanoTime() - lastNanos);
        if (records.count() < FEW && left.isPositive()) {
            try {
                Thread.sleep(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        lastNanos = System.nanoTime();
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
