package dev.dunlin.connection.session.kafka;

import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.connection.session.SessionEvents;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.Topics;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Appends to {@link Topics#SESSION_EVENTS}; the key is the user. */
public final class KafkaSessionEvents implements SessionEvents {
    private static final Logger LOG = Logger.getLogger(KafkaSessionEvents.class);

    private final KafkaRecords records;
    private final RandomGenerator random;

    public KafkaSessionEvents(KafkaRecords records, RandomGenerator random) {
        this.records = records;
        this.random = random;
    }

    @Override
    public CompletionStage<Void> tell(SessionEvent event) {
        return records.append(Topics.SESSION_EVENTS, event.user().value(), Json.write(event), TraceId.next(random))
                .whenComplete((ok, failure) -> {
                    if (failure != null) {
                        LOG.warnf("%s of session %s was not announced: %s", event.type(), event.session(), failure);
                    }
                });
    }
}
