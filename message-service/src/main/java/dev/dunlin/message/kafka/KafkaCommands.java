package dev.dunlin.message.kafka;

import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.protocol.InvalidInput;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
    private final Counter unreadable;

    KafkaCommands(CommandProcessor processor, MeterRegistry metrics) {
        this.processor = processor;
        this.unreadable = Counter.builder("dunlin.commands.unreadable")
                .description("Records of channel.commands that are no commands and were skipped")
                .register(metrics);
    }

    @Incoming("channel-commands")
    @RunOnVirtualThread
    public void consume(ConsumerRecords<String, byte[]> poll) {
        List<CommandRecord> batch = new ArrayList<>(poll.count());
        for (ConsumerRecord<String, byte[]> kafka : poll) {
            try {
                batch.add(CommandReader.read(kafka));
            } catch (InvalidInput e) {
                unreadable.increment();
                LOG.warnf("skipped partition %d offset %d: %s", kafka.partition(), kafka.offset(), e.getMessage());
            }
        }
        if (!batch.isEmpty()) {
            processor.process(batch);
        }
    }
}
