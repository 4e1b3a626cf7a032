package dev.dunlin.presence;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionEvent.Kind;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent.UserErased;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Says what a connection node says of its sessions, and message-service of users. */
public final class SessionProducer implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;

    /** Connects. */
    public SessionProducer(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends an event, on disk on return. */
    public void send(Kind kind, UserId user, SessionId session, NodeId node, Instant at) {
        send(user, new SessionEvent(kind, session, user, node, at.toEpochMilli(), Device.WEB));
    }

    /** Sends a record to the shard of that user, on disk on return. */
    public void send(UserId user, SessionRecord record) {
        send(Topics.SESSION_EVENTS, PresenceShard.of(user), user, Json.write(record));
    }

    /** Says that a user was erased, on disk on return. */
    public void erased(UserId user, Instant at) {
        send(Topics.USER_EVENTS, null, user, Json.write(new UserErased(user, at.toEpochMilli())));
    }

    /** Sends any text in the place of what is said of a user. */
    public void sendUserText(UserId user, String text) {
        send(Topics.USER_EVENTS, null, user, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends any text in an event's place. */
    public void sendText(UserId user, String text) {
        send(Topics.SESSION_EVENTS, PresenceShard.of(user), user, text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(String topic, @Nullable Integer partition, UserId user, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, partition, user.value(), value))
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
