package dev.dunlin.message.kafka;

import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.command.DeadLetters;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.InvalidInput;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes the commands of this process's partitions, one poll at a time. While a batch is processed the next is not taken (the channel's concurrency is 1 in the
 * configuration); the offsets are committed when {@link #consume} returns.
 */
@ApplicationScoped
public class KafkaCommands {
    private static final Logger LOG = Logger.getLogger(KafkaCommands.class);

    private final CommandProcessor processor;
    private final KafkaWriter writer;

    KafkaCommands(CommandProcessor processor, KafkaWriter writer) {
        this.processor = processor;
        this.writer = writer;
    }

    @Incoming("channel-commands")
    @RunOnVirtualThread
    public void consume(ConsumerRecords<String, byte[]> poll) {
        DeadLetters deadLetters = new KafkaDeadLetters(poll, writer);
        List<CommandRecord> batch = new ArrayList<>(poll.count());
        for (ConsumerRecord<String, byte[]> kafka : poll) {
            try {
                batch.add(CommandReader.read(kafka));
            } catch (InvalidInput e) {
                LOG.warnf("no command: partition %d offset %d: %s", kafka.partition(), kafka.offset(), e.getMessage());
                processor.putAside(
                        new LogPosition(kafka.partition(), kafka.offset()),
                        String.valueOf(e.getMessage()),
                        deadLetters);
            }
        }
        if (!batch.isEmpty()) {
            processor.process(batch, deadLetters);
        }
    }
}
