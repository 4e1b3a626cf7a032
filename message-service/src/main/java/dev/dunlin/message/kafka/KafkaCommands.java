package dev.dunlin.message.kafka;

import dev.dunlin.message.command.Batch;
import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads the records of one poll and has them processed. What it cannot read is dead-lettered. Does
 * not block.
 */
public final class KafkaCommands implements CommandConsumer.Handler {
    private static final Logger LOG = Logger.getLogger(KafkaCommands.class);

    private final CommandProcessor processor;
    private final KafkaWriter writer;
    private final TopicIncarnation topic;

    public KafkaCommands(CommandProcessor processor, KafkaWriter writer, TopicIncarnation topic) {
        this.processor = processor;
        this.writer = writer;
        this.topic = topic;
    }

    @Override
    public void begin() {
        topic.learn();
    }

    @Override
    public void expect(ConsumerRecords<String, byte[]> poll) {
        for (TopicPartition partition : poll.partitions()) {
            topic.expect(poll.records(partition).getFirst());
        }
    }

    @Override
    public void moved() {
        processor.forgetChannels();
    }

    @Override
    public Batch take(ConsumerRecords<String, byte[]> poll) {
        List<CommandRecord> records = new ArrayList<>(poll.count());
        List<Batch.Unreadable> unreadable = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> kafka : poll) {
            LogPosition position = topic.position(kafka);
            topic.taken(kafka);
            try {
                records.add(CommandReader.read(kafka, position));
            } catch (InvalidInput | RuntimeException e) {
                LOG.warnf(
                        "not a command: partition %d offset %d: %s", kafka.partition(), kafka.offset(), e.getMessage());
                unreadable.add(new Batch.Unreadable(position, String.valueOf(e.getMessage())));
            }
        }
        return processor.take(new Batch(records, unreadable, new KafkaDeadLetters(poll, writer, topic)));
    }
}
