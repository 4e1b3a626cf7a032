package dev.dunlin.message.kafka;

import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.command.DeadLetters;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads one poll's records and has them processed. Blocks until each is done or put aside; what that throws, it throws. */
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
    public void prepare() {
        topic.learn();
    }

    @Override
    public void handle(ConsumerRecords<String, byte[]> poll) {
        for (TopicPartition partition : poll.partitions()) {
            topic.expect(poll.records(partition).getFirst());
        }
        DeadLetters deadLetters = new KafkaDeadLetters(poll, writer, topic);
        List<CommandRecord> batch = new ArrayList<>(poll.count());
        for (ConsumerRecord<String, byte[]> kafka : poll) {
            LogPosition position = topic.position(kafka);
            try {
                batch.add(CommandReader.read(kafka, position));
            } catch (InvalidInput | RuntimeException e) {
                LOG.warnf("no command: partition %d offset %d: %s", kafka.partition(), kafka.offset(), e.getMessage());
                processor.putAside(position, String.valueOf(e.getMessage()), deadLetters);
            }
        }
        if (!batch.isEmpty()) {
            processor.process(batch, deadLetters);
        }
        for (TopicPartition partition : poll.partitions()) {
            topic.taken(poll.records(partition).getLast());
        }
    }
}
