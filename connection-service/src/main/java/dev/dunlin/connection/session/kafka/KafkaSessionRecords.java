package dev.dunlin.connection.session.kafka;

import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.connection.session.SessionRecords;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.Topics;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Appends to {@link Topics#SESSION_EVENTS}; the partition is the shard. */
public final class KafkaSessionRecords implements SessionRecords {
    private final KafkaRecords records;
    private final RandomGenerator random;

    public KafkaSessionRecords(KafkaRecords records, RandomGenerator random) {
        this.records = records;
        this.random = random;
    }

    @Override
    public CompletionStage<Void> append(int shard, SessionRecord record) {
        return records.append(Topics.SESSION_EVENTS, shard, key(record), Json.write(record), TraceId.next(random));
    }

    private static String key(SessionRecord record) {
        return switch (record) {
            case SessionEvent event -> event.user().value();
            case SessionDigest digest -> digest.node().value();
            case SessionList list -> list.node().value();
        };
    }
}
