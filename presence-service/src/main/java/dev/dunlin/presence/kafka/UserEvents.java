package dev.dunlin.presence.kafka;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.erasure.ErasedUsers;
import dev.dunlin.presence.metrics.PresenceMetrics;
import dev.dunlin.presence.status.OwnPresence;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.kafka.UserEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes {@code user.events}: retries while Redis or Kafka is unreachable, and skips records that
 * cannot be read. What an erased user chose goes by way of the shard's owner, who tells watchers.
 */
@ApplicationScoped
public class UserEvents {
    private static final Logger LOG = Logger.getLogger(UserEvents.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ErasedUsers erased;
    private final OwnPresence own;
    private final PresenceMetrics metrics;

    UserEvents(ErasedUsers erased, OwnPresence own, PresenceMetrics metrics) {
        this.erased = erased;
        this.own = own;
        this.metrics = metrics;
    }

    @Incoming("user-events")
    @RunOnVirtualThread
    void consume(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        List<UserId> users = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> item : records) {
            try {
                switch (Json.read(item.value(), UserEvent.class)) {
                    case UserEvent.UserErased event -> users.add(event.user());
                    // RevocationLog reads these in every process
                    case UserEvent.SessionsEnded event -> {}
                }
            } catch (InvalidInput e) {
                metrics.unreadable();
                LOG.errorf("skipped %s-%d@%d: %s", item.topic(), item.partition(), item.offset(), e.getMessage());
            }
        }
        while (!forgotten(users)) {
            Thread.sleep(PAUSE);
        }
    }

    private boolean forgotten(List<UserId> users) {
        try {
            erased.forget(users);
            for (UserId user : users) {
                own.choose(user, StatusChoice.NONE);
                own.showTo(user, null);
            }
            return true;
        } catch (PresenceUnavailable e) {
            LOG.debug("retrying a batch of erased users", e);
            return false;
        }
    }
}
