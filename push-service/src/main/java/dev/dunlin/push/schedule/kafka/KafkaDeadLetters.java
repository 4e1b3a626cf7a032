package dev.dunlin.push.schedule.kafka;

import dev.dunlin.protocol.Json;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.schedule.DeadLetters;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Writes to {@code push.dlq}, by device. While Kafka is unreachable up to {@value #MOST_WAITING}
 * records wait, and further ones are dropped: what was given up is also in the database.
 */
@ApplicationScoped
public class KafkaDeadLetters implements DeadLetters {
    private static final Logger LOG = Logger.getLogger(KafkaDeadLetters.class);
    private static final int MOST_WAITING = 10_000;

    private final Emitter<Record<String, byte[]>> topic;
    private final Clock clock;

    @Inject
    KafkaDeadLetters(
            @Channel("push-dlq") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    Emitter<Record<String, byte[]>> topic,
            Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * A record of the topic: without the user, the channel and what the message says.
     *
     * @param kind of the device
     * @param reason {@code given_up}, {@code rejected} or {@code gone}
     * @param error for people
     * @param attempts how often it was tried
     * @param at in milliseconds since 1970
     */
    @RegisterForReflection
    public record DeadLetter(UUID device, String kind, String reason, String error, int attempts, long at) {}

    @Override
    public void add(Device device, String reason, String error, int attempts) {
        DeadLetter letter =
                new DeadLetter(device.id().value(), device.target().kind(), reason, error, attempts, clock.millis());
        try {
            var unused = topic.send(Record.of(device.id().toString(), Json.write(letter)))
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            LOG.warnf("push.dlq: %s", failure.getMessage());
                        }
                    });
        } catch (IllegalStateException e) {
            LOG.warnf("push.dlq is full or closed: %s", e.getMessage());
        }
    }
}
