package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import java.util.List;
import java.util.Optional;

/** What happens to a message after it was published: edits, its deletion, reactions. */
final class MessageChanges {
    /**
     * The most reactions of a user to a message. Not a setting: all processes must decide the same
     * about a record.
     */
    static final int MOST_REACTIONS = 20;

    private MessageChanges() {}

    static Outcome edit(Turn turn, Edit edit) {
        Keys.OfSeq target = new Keys.OfSeq(turn.name(), edit.seq());
        Optional<Outcome> refusal = findRefusal(turn, target, false).or(() -> findForeignAuthor(turn, target));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        MessageState message = turn.message(target).orElseThrow();
        if (message.deleted()) {
            return turn.refuse(ErrorCode.CONFLICT, "message " + edit.seq() + " is deleted");
        }
        Optional<String> fault = Check.findFault(edit.data());
        if (fault.isPresent()) {
            return turn.refuse(ErrorCode.BAD_REQUEST, "data: " + fault.get());
        }
        byte[] data = Encoding.frame(edit.data());
        if (data.length > turn.policy().maxMessageBytes()) {
            return tooLarge(turn, data.length);
        }
        long ts = turn.ts();
        List<UserId> mentions = Mentions.of(turn, edit.mentions(), edit.data());
        turn.state()
                .messages()
                .put(
                        target,
                        message.withData(
                                data, mentions == null ? List.of() : mentions, Words.of(turn, edit.data()), ts));
        return turn.append(seq ->
                new ServerFrame.Edited(turn.name(), seq, edit.seq(), turn.user(), ts, edit.data(), mentions, null));
    }

    /** Leaves a tombstone. Deleting twice changes nothing. */
    static Outcome delete(Turn turn, Delete delete) {
        Keys.OfSeq target = new Keys.OfSeq(turn.name(), delete.seq());
        Optional<Outcome> refusal = findRefusal(turn, target, turn.server()).or(() -> findForeignAuthor(turn, target));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        MessageState message = turn.message(target).orElseThrow();
        if (message.deleted()) {
            return turn.unchanged();
        }
        long ts = turn.ts();
        turn.state().messages().put(target, message.asTombstone());
        return turn.append(seq -> new ServerFrame.Deleted(turn.name(), seq, delete.seq(), turn.user(), ts));
    }

    static Outcome react(Turn turn, React react) {
        Keys.OfReaction key = new Keys.OfReaction(turn.name(), react.seq(), turn.user(), react.emoji());
        Optional<Outcome> refusal = findRefusal(turn, key.message(), react.remove() && turn.server());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (turn.message(key.message()).orElseThrow().deleted() && !react.remove()) {
            return turn.refuse(ErrorCode.CONFLICT, "message " + react.seq() + " is deleted");
        }
        if (!Check.isUnicode(react.emoji().value())) {
            return turn.refuse(ErrorCode.BAD_REQUEST, "emoji: holds text that is not Unicode");
        }
        if (!react.remove() && PathSegment.isFolded(react.emoji().value())) {
            return turn.refuse(ErrorCode.BAD_REQUEST, "emoji: must not be . or ..");
        }
        Optional<ReactionState> existing = turn.state().reactions().find(key);
        if (react.remove() == existing.isEmpty()) {
            return existing.<Outcome>map(first -> new Outcome.Unchanged(first.seq(), first.ts()))
                    .orElseGet(turn::unchanged);
        }
        if (!react.remove()
                && turn.state().reactions().count(other -> other.reactor().equals(key.reactor())) >= MOST_REACTIONS) {
            return turn.refuse(
                    ErrorCode.CONFLICT,
                    "message " + react.seq() + " has " + MOST_REACTIONS + " reactions of " + turn.user()
                            + "; remove one first");
        }
        long ts = turn.ts();
        if (react.remove()) {
            turn.state().reactions().remove(key);
        } else {
            turn.state()
                    .reactions()
                    .put(
                            key,
                            new ReactionState(
                                    turn.channel().head() + 1, ts, turn.record().position()));
        }
        return turn.append(seq -> new ServerFrame.Reacted(
                turn.name(), seq, react.seq(), turn.user(), ts, react.emoji(), react.remove() ? true : null));
    }

    static Outcome tooLarge(Turn turn, int bytes) {
        return turn.refuse(
                ErrorCode.TOO_LARGE,
                "data: has " + bytes + " bytes, " + turn.name().namespace() + " allows "
                        + turn.policy().maxMessageBytes());
    }

    /**
     * {@code evenArchived}: a back end removes things from an archived channel too, as an erasure
     * has to.
     */
    private static Optional<Outcome> findRefusal(Turn turn, Keys.OfSeq target, boolean evenArchived) {
        if (!turn.mayPublish()) {
            return Optional.of(turn.foreign());
        }
        if (turn.channel().archived() && !evenArchived) {
            return Optional.of(turn.archived());
        }
        return turn.message(target).isPresent()
                ? Optional.empty()
                : Optional.of(turn.refuse(ErrorCode.NOT_FOUND, "there is no message " + target.seq()));
    }

    private static Optional<Outcome> findForeignAuthor(Turn turn, Keys.OfSeq target) {
        boolean own = turn.message(target)
                .filter(message -> message.sender().equals(turn.user()))
                .isPresent();
        return own || turn.server()
                ? Optional.empty()
                : Optional.of(turn.refuse(ErrorCode.FORBIDDEN, "message " + target.seq() + " belongs to another user"));
    }
}
