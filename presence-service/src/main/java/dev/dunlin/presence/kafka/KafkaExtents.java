package dev.dunlin.presence.kafka;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.owner.SessionLog.Extent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the logs of shards begin and end. It has a client of its own: a broker answers the requests
 * of one connection in turn, and behind a fetch that waits for records an answer takes as long as
 * the fetch. Thread-safe; blocks.
 */
public final class KafkaExtents implements KafkaSessionLog.Extents {
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Admin admin;
    private final String group;

    /** @param group whose committed offsets say what was applied */
    public KafkaExtents(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    @Override
    public Map<Integer, Extent> of(Collection<Integer> shards) {
        ListOffsetsResult first = admin.listOffsets(all(shards, OffsetSpec.earliest()));
        ListOffsetsResult end = admin.listOffsets(all(shards, OffsetSpec.latest()));
        try {
            var firsts = first.all().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            var ends = end.all().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            Map<Integer, Extent> extents = new HashMap<>();
            firsts.forEach((partition, offset) -> {
                var last = ends.get(partition);
                if (last != null) {
                    extents.put(partition.partition(), new Extent(offset.offset(), last.offset()));
                }
            });
            return extents;
        } catch (ExecutionException | TimeoutException e) {
            throw new PresenceUnavailable("Kafka does not say where its log ends", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PresenceUnavailable("the service is shutting down", e);
        }
    }

    @Override
    public OptionalLong committed(int shard) {
        try {
            TopicPartition partition = SessionConsumer.partition(shard);
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .get(partition);
            return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
        } catch (ExecutionException | TimeoutException e) {
            throw new PresenceUnavailable("Kafka does not say what was applied", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PresenceUnavailable("the service is shutting down", e);
        }
    }

    private static Map<TopicPartition, OffsetSpec> all(Collection<Integer> shards, OffsetSpec spec) {
        return shards.stream().collect(Collectors.toMap(SessionConsumer::partition, shard -> spec));
    }
}
