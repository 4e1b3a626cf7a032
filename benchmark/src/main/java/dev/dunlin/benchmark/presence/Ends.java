package dev.dunlin.benchmark.presence;

import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where the shards' logs end. Not thread-safe. */
final class Ends implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = IntStream.range(0, PresenceShard.COUNT)
            .mapToObj(shard -> new TopicPartition(Topics.SESSION_EVENTS, shard))
            .toList();

    Ends(String kafka) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The offset of a shard's next record to apply. */
    interface Applied {
        long next(int shard) throws IOException;
    }

    /** How many records are not applied. */
    long behind(Applied applied) throws IOException {
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end :
                consumer.endOffsets(partitions).entrySet()) {
            behind += end.getValue() - applied.next(end.getKey().partition());
        }
        return behind;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
