package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message: the fold of its events.
 *
 * @param ts milliseconds since 1970, as {@code edited}
 * @param data encoded JSON; null if the message is deleted, and in a message that was loaded, since
 *     nothing depends on it
 * @param edited null if it never was
 * @param mentions whom it mentions; empty in a message that was loaded, since nothing depends on it
 * @param words what search finds it by; null if it is not to be found, and in a message that was
 *     loaded
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
        List<UserId> mentions,
        @Nullable String words,
        LogPosition position) {
    /** A message that mentions nobody and is not searched. */
    public MessageState(
            UserId sender,
            ClientMessageId id,
            long ts,
            byte @Nullable [] data,
            @Nullable Long replyTo,
            @Nullable Long edited,
            boolean deleted,
            LogPosition position) {
        this(sender, id, ts, data, replyTo, edited, deleted, List.of(), null, position);
    }

    MessageState withData(byte[] newData, List<UserId> newMentions, @Nullable String newWords, long editedAt) {
        return new MessageState(sender, id, ts, newData, replyTo, editedAt, false, newMentions, newWords, position);
    }

    /** Without what nothing depends on, as the store gives it. */
    MessageState asLoaded() {
        return new MessageState(sender, id, ts, null, replyTo, edited, deleted, position);
    }

    MessageState asTombstone() {
        return new MessageState(sender, id, ts, null, replyTo, edited, true, position);
    }
}
