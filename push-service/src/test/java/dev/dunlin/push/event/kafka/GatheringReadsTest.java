package dev.dunlin.push.event.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GatheringReadsTest {
    private static final TopicPartition PARTITION = new TopicPartition("channel.events", 0);

    private final GatheringReads reads = new GatheringReads();

    @Test
    void aSecondSmallBatchComesHalfASecondAfterTheFirst() {
        long begin = System.nanoTime();
        reads.onConsume(batch(1));
        ConsumerRecords<String, byte[]> second = batch(1);
        assertThat(reads.onConsume(second)).isSameAs(second);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void largeBatchesDoNotWait() {
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            reads.onConsume(batch(100));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    private static ConsumerRecords<String, byte[]> batch(int size) {
        List<ConsumerRecord<String, byte[]>> records = LongStream.range(0, size)
                .mapToObj(offset ->
                        new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "key", new byte[0]))
                .toList();
        return new ConsumerRecords<>(Map.of(PARTITION, records), Map.of());
    }
}
