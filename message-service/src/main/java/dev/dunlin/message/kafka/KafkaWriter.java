package dev.dunlin.message.kafka;

import dev.dunlin.message.command.CommandSender;
import dev.dunlin.message.command.EventStream;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.userdata.UserEvents;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes all topics with one producer ({@code acks=all}, idempotent). Thread-safe. */
public final class KafkaWriter implements CommandSender, EventStream, UserEvents {
    private final Producer<String, byte[]> producer;
    private final TopicIncarnation commands;

    public KafkaWriter(Producer<String, byte[]> producer, TopicIncarnation commands) {
        this.producer = producer;
        this.commands = commands;
    }

    @Override
    public CompletableFuture<LogPosition> send(ChannelCommand command, TraceId trace) {
        return send(Topics.CHANNEL_COMMANDS, command.channel().value(), trace, Json.write(command))
                .thenApply(stored -> commands.position(stored.partition(), stored.offset()));
    }

    @Override
    public void publish(List<Entry> entries) {
        CompletableFuture<?>[] sent = entries.stream()
                .map(entry -> send(Topics.CHANNEL_EVENTS, entry.channel().value(), entry.trace(), entry.value()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(sent).join();
    }

    @Override
    public void publish(UserEvent event, TraceId trace) {
        send(Topics.USER_EVENTS, event.user().value(), trace, Json.write(event)).join();
    }

    /**
     * Sends a record as it is, and waits until the broker has it on disk. Throws
     * {@link java.util.concurrent.CompletionException} if it failed.
     */
    void sendAndWait(ProducerRecord<String, byte[]> record) {
        send(record).join();
    }

    private CompletableFuture<RecordMetadata> send(String topic, String key, TraceId trace, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        record.headers().add(TraceId.HEADER, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
        return send(record);
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        CompletableFuture<RecordMetadata> result = new CompletableFuture<>();
        var unused = producer.send(record, (stored, failure) -> {
            if (failure == null) {
                result.complete(stored);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }
}
