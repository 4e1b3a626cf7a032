package dev.dunlin.presence.kafka;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.metrics.PresenceMetrics;
import dev.dunlin.presence.session.SessionTracker;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.kafka.SessionEvent;
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
 * Consumes {@code session.events}, one poll at a time and in order. While Redis is unreachable it
 * retries the batch and commits nothing. Records that cannot be read are logged and skipped.
 */
@ApplicationScoped
public class SessionEvents {
    private static final Logger LOG = Logger.getLogger(SessionEvents.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /**
     * The pause after a small batch; what arrives meanwhile forms the next one. A poll, a commit
     * and a round trip to Redis cost the same for one event as for a hundred. They cost more than
     * the events themselves when hundreds of clients a second reconnected.
     */
    private static final Duration GATHER = Duration.ofMillis(20);

    private static final int LARGE = 100;

    private final SessionTracker tracker;
    private final PresenceMetrics metrics;

    SessionEvents(SessionTracker tracker, PresenceMetrics metrics) {
        this.tracker = tracker;
        this.metrics = metrics;
    }

    @Incoming("session-events")
    @RunOnVirtualThread
    void consume(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        List<SessionEvent> events = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> item : records) {
            try {
                events.add(Json.read(item.value(), SessionEvent.class));
            } catch (InvalidInput e) {
                metrics.unreadable();
                LOG.errorf("skipped %s-%d@%d: %s", item.topic(), item.partition(), item.offset(), e.getMessage());
            }
        }
        while (!applied(events)) {
            Thread.sleep(PAUSE);
        }
        if (events.size() < LARGE) {
            Thread.sleep(GATHER);
        }
    }

    private boolean applied(List<SessionEvent> events) {
        try {
            tracker.apply(events);
            return true;
        } catch (PresenceUnavailable e) {
            LOG.debug("retrying a batch of session events", e);
            return false;
        }
    }
}
