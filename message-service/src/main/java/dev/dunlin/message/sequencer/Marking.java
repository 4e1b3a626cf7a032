package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import java.util.Optional;

/**
 * Read and received marks: they only move forward, up to the head. They do not change the row of
 * the channel, so that readers do not contend for it. The row of a mark names the record that moved
 * it, by which a replay is recognised.
 */
final class Marking {
    private Marking() {}

    static Outcome mark(Turn turn, Mark mark) {
        if (!turn.mayRead() && !turn.mayPublish()) {
            return turn.foreign();
        }
        Keys.OfUser key = new Keys.OfUser(turn.name(), turn.user());
        Optional<MarkState> before = turn.state().marks().find(key);
        long current = before.map(state -> state.of(mark.kind())).orElse(0L);
        LogPosition position = turn.record().position();
        if (before.filter(state -> state.position().equals(position)).isPresent()) {
            return moved(turn, mark, current);
        }
        if (mark.seq() <= current || turn.channel().applied().covers(position)) {
            return new Outcome.Unchanged(current, turn.ts());
        }
        if (mark.seq() > turn.channel().head()) {
            return turn.refuse(
                    ErrorCode.BAD_REQUEST,
                    "seq: must not be beyond " + turn.channel().head() + ", the head of " + turn.name());
        }
        turn.state()
                .marks()
                .put(
                        key,
                        MarkState.moved(
                                before.map(MarkState::read).orElse(0L),
                                before.map(MarkState::received).orElse(0L),
                                mark,
                                position));
        return moved(turn, mark, mark.seq());
    }

    /**
     * A user who joins later has no unread events from before: its marks start at {@code seq}.
     * Nobody is notified.
     */
    static void skip(Turn turn, UserId user, long seq) {
        Keys.OfUser key = new Keys.OfUser(turn.name(), user);
        turn.state().marks().put(key, new MarkState(seq, seq, turn.record().position()));
    }

    private static Outcome moved(Turn turn, Mark mark, long seq) {
        ServerFrame.EphemeralEvent event =
                switch (mark.kind()) {
                    case READ -> new ServerFrame.Read(turn.name(), turn.user(), seq);
                    case RECEIVED -> new ServerFrame.Received(turn.name(), turn.user(), seq);
                };
        return new Outcome.Marked(turn.channel().epoch(), event, seq, turn.ts());
    }
}
