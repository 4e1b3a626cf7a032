package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A message: the fold of its events.
 *
 * @param ts       milliseconds since 1970, as {@code edited}
 * @param data     encoded JSON; null if the message is deleted, and in a message that was loaded, since nothing depends on it
 * @param edited   null if it never was
 * @param position the record that published it
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path; nobody changes or compares it
public record MessageState(
        UserId sender,
        ClientMessageId id,
        long ts,
        byte @Nullable [] data,
        @Nullable Long replyTo,
        @Nullable Long edited,
        boolean deleted,
        LogPosition position) {
    MessageState withData(byte[] newData, long editedAt) {
        return new MessageState(sender, id, ts, newData, replyTo, editedAt, false, position);
    }

    MessageState asTombstone() {
        return new MessageState(sender, id, ts, null, replyTo, edited, true, position);
    }
}
