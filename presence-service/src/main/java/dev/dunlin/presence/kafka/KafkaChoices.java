package dev.dunlin.presence.kafka;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.status.OwnPresence;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.VisibleTo;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.StatusChosen;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.VisibilityChosen;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sends what users choose to the owner of their shard, by the log of its sessions. */
public final class KafkaChoices implements OwnPresence {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final InstantSource clock;

    public KafkaChoices(Producer<String, byte[]> producer, InstantSource clock) {
        this.producer = producer;
        this.clock = clock;
    }

    @Override
    public void choose(UserId user, StatusChoice choice) {
        send(user, new StatusChosen(user, clock.millis(), choice));
    }

    @Override
    public void showTo(UserId user, @Nullable VisibleTo visibleTo) {
        send(user, new VisibilityChosen(user, clock.millis(), visibleTo));
    }

    private void send(UserId user, SessionRecord record) {
        try {
            var unused = producer.send(new ProducerRecord<>(
                            Topics.SESSION_EVENTS, PresenceShard.of(user), record.key(), Json.write(record)))
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new PresenceUnavailable("your choice cannot be stored now: Kafka does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PresenceUnavailable("the service is shutting down", e);
        }
    }
}
