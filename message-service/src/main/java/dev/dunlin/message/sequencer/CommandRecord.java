package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.ChannelCommand;

/**
 * One record of {@code channel.commands}.
 *
 * @param ts the record's timestamp, milliseconds since 1970: the only time the sequencer knows
 */
public record CommandRecord(LogPosition position, long ts, TraceId trace, ChannelCommand command) {
    public ChannelName channel() {
        return command.channel();
    }
}
