package dev.dunlin.connection.session.kafka;

import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.session.SessionEvents;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Appends to {@link Topics#SESSION_EVENTS}; the key is the user. Events wait up to {@link #LINGER}
 * for others, so that Kafka and presence-service get them in batches. Keeps their order. At most
 * {@link #MOST_LINGERING} wait; when there are more, they go out at once.
 */
public final class KafkaSessionEvents implements SessionEvents {
    private static final Logger LOG = Logger.getLogger(KafkaSessionEvents.class);
    private static final Duration LINGER = Duration.ofMillis(25);
    private static final int MOST_LINGERING = 500;

    private final KafkaRecords records;
    private final RandomGenerator random;
    private final HubLoop loop;
    private List<Lingering> lingering = new ArrayList<>();

    /** {@code loop} measures the time that events wait. */
    public KafkaSessionEvents(KafkaRecords records, RandomGenerator random, HubLoop loop) {
        this.records = records;
        this.random = random;
        this.loop = loop;
    }

    private record Lingering(SessionEvent event, CompletableFuture<Void> announced) {}

    @Override
    public synchronized CompletionStage<Void> tell(SessionEvent event) {
        Lingering next = new Lingering(event, new CompletableFuture<>());
        lingering.add(next);
        if (lingering.size() == 1) {
            loop.after(LINGER, this::append);
        } else if (lingering.size() >= MOST_LINGERING) {
            append();
        }
        return next.announced();
    }

    /** The lock keeps the order: {@link KafkaRecords#append} does not block. */
    private synchronized void append() {
        List<Lingering> now = lingering;
        lingering = new ArrayList<>();
        now.forEach(this::append);
    }

    private void append(Lingering next) {
        SessionEvent event = next.event();
        var unused = records.append(
                        Topics.SESSION_EVENTS, event.user().value(), Json.write(event), TraceId.next(random))
                .whenComplete((ok, failure) -> {
                    if (failure == null) {
                        next.announced().complete(null);
                    } else {
                        LOG.warnf("%s of session %s was not announced: %s", event.type(), event.session(), failure);
                        next.announced().completeExceptionally(failure);
                    }
                });
    }
}
