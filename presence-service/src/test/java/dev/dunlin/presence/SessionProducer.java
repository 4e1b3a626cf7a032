package dev.dunlin.presence;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionEvent.Kind;
import dev.dunlin.protocol.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says what a connection node says of its sessions. */
public final class SessionProducer implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;

    /** Connects. */
    public SessionProducer(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends an event, on disk on return. */
    public void send(Kind kind, UserId user, SessionId session, NodeId node, Instant at) {
        sendRaw(user, Json.write(new SessionEvent(kind, session, user, node, at.toEpochMilli())));
    }

    /** Sends any text in an event's place. */
    public void sendText(UserId user, String text) {
        sendRaw(user, text.getBytes(StandardCharsets.UTF_8));
    }

    private void sendRaw(UserId user, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(Topics.SESSION_EVENTS, user.value(), value))
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
