package dev.dunlin.message.kafka;

import dev.dunlin.message.sequencer.LogPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Distinguishes a topic from a later one with the same name, whose offsets begin at 0 again. The
 * store has applied the records of the old topic. By their offsets alone the records of the new one
 * would seem to be applied too.
 *
 * <p>Kafka gives each topic an id. 15 bits of it stand above the partition in each
 * {@link LogPosition}. Positions of different partitions are not comparable, so the records of the
 * new topic count as later ones, and the numbering continues. One pair of ids in 32,766 has the
 * same bits: then publishes are answered with {@code unavailable} until the offsets are past the
 * old ones.
 *
 * <p>Thread-safe.
 */
public final class TopicIncarnation {
    private static final Logger LOG = Logger.getLogger(TopicIncarnation.class);
    private static final int INCARNATIONS = (1 << 15) - 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<Optional<Uuid>> topicId;
    private final Map<Integer, Long> next = new ConcurrentHashMap<>();
    private volatile Uuid id = Uuid.ZERO_UUID;
    private volatile boolean known;

    /**
     * {@code topicId} asks Kafka and is empty if there is no such topic yet. It blocks, and throws
     * a {@link KafkaException} if Kafka does not answer.
     */
    public TopicIncarnation(Supplier<Optional<Uuid>> topicId) {
        this.topicId = topicId;
    }

    /** Of a topic at the Kafka of these properties. */
    public static TopicIncarnation of(String topic, Map<String, Object> kafka) {
        return new TopicIncarnation(() -> ask(topic, kafka));
    }

    private static Optional<Uuid> ask(String topic, Map<String, Object> kafka) {
        Admin admin = Admin.create(kafka);
        try {
            return admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .map(TopicDescription::topicId)
                    .findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaException("the id of " + topic + " cannot be had", e);
        } catch (TimeoutException e) {
            throw new KafkaException("the id of " + topic + " cannot be had", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Asks which topic it is. Blocks; throws {@link KafkaException}. */
    void learn() {
        topicId.get().ifPresent(now -> {
            if (known && !id.equals(now)) {
                LOG.warn("the topic of commands was created again: its records come after all that is stored;"
                        + " commands of the old topic that were not stored are lost");
            }
            id = now;
            known = true;
        });
    }

    /**
     * Call this before a record is taken. If it comes before those already taken, it may belong to
     * another topic, so Kafka is asked. Blocks; throws {@link KafkaException}.
     */
    void expect(ConsumerRecord<?, ?> record) {
        if (!known || record.offset() < next.getOrDefault(record.partition(), 0L)) {
            next.clear();
            learn();
        }
    }

    /** A record was taken. */
    void taken(ConsumerRecord<?, ?> record) {
        next.merge(record.partition(), record.offset() + 1, Math::max);
    }

    LogPosition position(ConsumerRecord<?, ?> record) {
        return position(record.partition(), record.offset());
    }

    LogPosition position(int partition, long offset) {
        if (partition >>> LogPosition.PARTITION_BITS != 0) {
            throw new KafkaException("partition " + partition + " is beyond what can be numbered");
        }
        return new LogPosition(bits(id) << LogPosition.PARTITION_BITS | partition, offset);
    }

    private static int bits(Uuid id) {
        long mixed = id.getMostSignificantBits() * 31 + id.getLeastSignificantBits();
        return id.equals(Uuid.ZERO_UUID) ? 0 : 1 + Math.floorMod(mixed ^ mixed >>> 29, INCARNATIONS);
    }
}
