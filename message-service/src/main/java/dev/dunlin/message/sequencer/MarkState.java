package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.kafka.ChannelCommand.Mark;

/**
 * How far a user has read and received a channel; {@code position} is the record that last moved
 * one of them.
 */
public record MarkState(long read, long received, LogPosition position) {
    long of(Mark.Kind kind) {
        return switch (kind) {
            case READ -> read;
            case RECEIVED -> received;
        };
    }

    /** What is read has been received. */
    static MarkState moved(long read, long received, Mark mark, LogPosition position) {
        return switch (mark.kind()) {
            case READ -> new MarkState(mark.seq(), Math.max(received, mark.seq()), position);
            case RECEIVED -> new MarkState(read, mark.seq(), position);
        };
    }
}
