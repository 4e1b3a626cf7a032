package dev.dunlin.message.kafka;

import dev.dunlin.message.command.DeadLetters;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Copies records of one poll to {@code channel.commands.dlq}: key, value and headers unchanged,
 * with more headers that say why and from where. After a crash a record may be there twice.
 */
final class KafkaDeadLetters implements DeadLetters {
    /** {@code unreadable}, {@code refused} or {@code failed}. */
    static final String REASON = "dunlin-reason";
    /** A sentence. */
    static final String EXPLANATION = "dunlin-explanation";

    static final String TOPIC = "dunlin-topic";
    static final String PARTITION = "dunlin-partition";
    static final String OFFSET = "dunlin-offset";
    /**
     * The timestamp of the record, in milliseconds since 1970. The copy has the time at which it
     * was dead-lettered.
     */
    static final String TIME = "dunlin-time";
    /**
     * The size of the value in bytes, if the value was left out because it did not fit with these
     * headers.
     */
    static final String LEFT_OUT = "dunlin-left-out";

    private static final int MOST_EXPLANATION = 1_000;

    private final ConsumerRecords<String, byte[]> poll;
    private final KafkaWriter writer;
    private final TopicIncarnation topic;

    KafkaDeadLetters(ConsumerRecords<String, byte[]> poll, KafkaWriter writer, TopicIncarnation topic) {
        this.poll = poll;
        this.writer = writer;
        this.topic = topic;
    }

    @Override
    public void keep(LogPosition position, Reason reason, String explanation) {
        ConsumerRecord<String, byte[]> record = find(position);
        ProducerRecord<String, byte[]> copy = copy(record, record.value(), reason, explanation);
        try {
            writer.sendAndWait(copy);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            ProducerRecord<String, byte[]> bare = copy(record, null, reason, explanation);
            add(bare, LEFT_OUT, Integer.toString(record.serializedValueSize()));
            writer.sendAndWait(bare);
        }
    }

    private ConsumerRecord<String, byte[]> find(LogPosition position) {
        return poll.partitions().stream()
                .flatMap(partition -> poll.records(partition).stream())
                .filter(record -> topic.position(record).equals(position))
                .findFirst()
                .orElseThrow();
    }

    private static ProducerRecord<String, byte[]> copy(
            ConsumerRecord<String, byte[]> record, byte @Nullable [] value, Reason reason, String explanation) {
        ProducerRecord<String, byte[]> copy =
                new ProducerRecord<>(Topics.CHANNEL_COMMANDS_DLQ, null, record.key(), value, record.headers());
        add(copy, REASON, reason.wire());
        add(copy, EXPLANATION, explanation.substring(0, Math.min(explanation.length(), MOST_EXPLANATION)));
        add(copy, TOPIC, record.topic());
        add(copy, PARTITION, Integer.toString(record.partition()));
        add(copy, OFFSET, Long.toString(record.offset()));
        add(copy, TIME, Long.toString(record.timestamp()));
        return copy;
    }

    private static void add(ProducerRecord<String, byte[]> copy, String header, String value) {
        copy.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
    }
}
