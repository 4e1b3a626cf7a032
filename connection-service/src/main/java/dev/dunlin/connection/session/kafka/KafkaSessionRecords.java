package dev.dunlin.connection.session.kafka;

import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.connection.session.SessionRecords;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
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
        return records.append(Topics.SESSION_EVENTS, shard, record.key(), Json.write(record), TraceId.next(random));
    }
}
