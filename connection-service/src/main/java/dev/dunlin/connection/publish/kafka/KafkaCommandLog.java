package dev.dunlin.connection.publish.kafka;

import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.connection.publish.CommandLog;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.Topics;
import java.util.concurrent.CompletionStage;

/** Appends to {@link Topics#CHANNEL_COMMANDS}; the key is the channel. */
public final class KafkaCommandLog implements CommandLog {
    private final KafkaRecords records;

    public KafkaCommandLog(KafkaRecords records) {
        this.records = records;
    }

    @Override
    public CompletionStage<Void> append(ChannelCommand command, TraceId trace) {
        return records.append(Topics.CHANNEL_COMMANDS, command.channel().value(), Json.write(command), trace);
    }
}
