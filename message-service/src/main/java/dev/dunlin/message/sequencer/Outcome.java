package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;

/** What became of one command. Every {@code ts} is in milliseconds since 1970. */
public sealed interface Outcome {
    /** An event took the next seq; or took it before, and the record is seen again. */
    record Appended(Epoch epoch, LoggedEvent logged, List<Notice> notices) implements Outcome {}

    /**
     * The message was published before, by another record: {@code seq} and {@code ts} are that
     * one's.
     */
    record Duplicate(ClientMessageId id, long seq, long ts) implements Outcome {}

    /** The channel changed in a way that takes no seq. {@code seq} is its head. */
    record Changed(long seq, long ts, List<Notice> notices) implements Outcome {}

    /**
     * All is already as the command wants it. {@code seq} is the event that made it so if that is
     * known, else the head. Notices are repeated, since the first ones may have been lost.
     */
    record Unchanged(long seq, long ts, List<Notice> notices) implements Outcome {
        Unchanged(long seq, long ts) {
            this(seq, ts, List.of());
        }
    }

    /** A mark moved forward. It takes no seq. */
    record Marked(Epoch epoch, ServerFrame.EphemeralEvent event, long seq, long ts) implements Outcome {}

    /**
     * The command's event was told and could not be stored, so its seq is burnt: the log holds a
     * {@code deleted} event there whose target is its own seq. To whoever asked, the command
     * failed.
     */
    record Burnt(Epoch epoch, LoggedEvent logged) implements Outcome {}

    /** Nothing changed. The user who sent the command gets the refusal. */
    record Refused(Refusal refusal) implements Outcome {
        public Refused(ErrorCode code, String message) {
            this(new Refusal(code, message));
        }
    }

    /** What a user's nodes have to know. */
    record Notice(UserId user, UserNotice notice) {}
}
