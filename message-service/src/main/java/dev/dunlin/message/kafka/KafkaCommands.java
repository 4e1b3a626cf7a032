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
import org.jboss.logging.Logger;

/** Reads one poll's records and has them processed; what cannot be read is put aside. Does not block. */
public final class KafkaCommands implements CommandConsumer.Handler {
    private static final Logger LOG = Logger.getLogger(KafkaCommands.class);

    private final CommandProcessor processor;
    private final KafkaWriter writer;

    public KafkaCommands(CommandProcessor processor, KafkaWriter writer) {
        this.processor = processor;
        this.writer = writer;
    }

    @Override
    public Batch take(ConsumerRecords<String, byte[]> poll) {
        List<CommandRecord> records = new ArrayList<>(poll.count());
        List<Batch.Unreadable> unreadable = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> kafka : poll) {
            try {
                records.add(CommandReader.read(kafka));
            } catch (InvalidInput | RuntimeException e) {
                LOG.warnf("no command: partition %d offset %d: %s", kafka.partition(), kafka.offset(), e.getMessage());
                unreadable.add(new Batch.Unreadable(
                        new LogPosition(kafka.partition(), kafka.offset()), String.valueOf(e.getMessage())));
            }
        }
        return processor.take(new Batch(records, unreadable, new KafkaDeadLetters(poll, writer)));
    }
}
