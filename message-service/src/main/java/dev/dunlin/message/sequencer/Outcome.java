package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;

/** The outcome of one command. Every {@code ts} is in milliseconds since 1970. */
public sealed interface Outcome {
    /** An event took the next seq, or had taken it before and the record is replayed. */
    record Appended(Epoch epoch, LoggedEvent logged, List<Notice> notices) implements Outcome {}

    /**
     * Another record published the message before: {@code seq} and {@code ts} are those of that
     * record.
     */
    record Duplicate(ClientMessageId id, long seq, long ts) implements Outcome {}

    /** The channel changed without a new event. {@code seq} is its head. */
    record Changed(long seq, long ts, List<Notice> notices) implements Outcome {}

    /**
     * Everything is already as the command wants it. {@code seq} is the event that made it so if
     * that is known, else the head. Notices are repeated, since the first ones may have been lost.
     */
    record Unchanged(long seq, long ts, List<Notice> notices) implements Outcome {
        Unchanged(long seq, long ts) {
            this(seq, ts, List.of());
        }
    }

    /** A mark moved forward. It takes no seq. */
    record Marked(Epoch epoch, ServerFrame.EphemeralEvent event, long seq, long ts) implements Outcome {}

    /**
     * The event of the command was published and could not be stored, so its seq is burnt: the log
     * holds a {@code deleted} event there whose target is its own seq. The user who sent the
     * command gets an error.
     */
    record Burnt(Epoch epoch, LoggedEvent logged) implements Outcome {}

    /** Nothing changed. The user who sent the command gets the refusal. */
    record Refused(Refusal refusal) implements Outcome {
        public Refused(ErrorCode code, String message) {
            this(new Refusal(code, message));
        }
    }

    /** What the nodes of a user must know. */
    record Notice(UserId user, UserNotice notice) {}
}
