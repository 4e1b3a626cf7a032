package dev.dunlin.message.sequencer;

import dev.dunlin.message.sequencer.Outcome.Notice;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outcome of a record that was applied before, found again. Never changes the state. */
final class Replay {
    private Replay() {}

    static Outcome again(Turn turn) {
        Optional<LoggedEvent> logged = turn.state().findLogged(turn.record());
        if (logged.isPresent() && Burning.isBurnt(logged.get().event())) {
            return new Outcome.Burnt(turn.channel().epoch(), logged.get());
        }
        if (logged.isPresent()) {
            return new Outcome.Appended(turn.channel().epoch(), logged.get(), notices(turn, logged.get()));
        }
        return switch (turn.record().command().operation()) {
            case ChannelCommand.Publish publish ->
                Publishing.findDuplicate(turn, publish).orElseGet(() -> unknown(turn));
            case ChannelCommand.Mark mark -> Marking.mark(turn, mark);
            case ChannelCommand.CreateChannel ignored ->
                turn.channel().origin().equals(turn.record().position())
                        ? Creation.created(turn.state(), turn.record(), turn.channel())
                        : Sequencer.existing(turn);
            case ChannelCommand.Edit ignored -> unknown(turn);
            case ChannelCommand.Delete ignored -> unknown(turn);
            case ChannelCommand.React ignored -> unknown(turn);
            case ChannelCommand.UpdateChannel ignored -> unknown(turn);
            case ChannelCommand.ArchiveChannel ignored -> unknown(turn);
            case ChannelCommand.AddMember ignored -> unknown(turn);
            case ChannelCommand.RemoveMember ignored -> unknown(turn);
            case ChannelCommand.ForgetMember ignored -> unknown(turn);
            case ChannelCommand.Block ignored -> unknown(turn);
            case ChannelCommand.PurgeChannel ignored ->
                turn.channel().life() == Life.LIVE ? unknown(turn) : turn.unchanged();
            case ChannelCommand.FinishPurge ignored -> turn.unchanged();
        };
    }

    /**
     * It left no event: it was refused, or it changed nothing, or its change is idempotent. To
     * decide again is safe; to guess is not.
     */
    private static Outcome unknown(Turn turn) {
        return turn.refuse(ErrorCode.UNAVAILABLE, "the service was restarted; send the request again");
    }

    private static List<Notice> notices(Turn turn, LoggedEvent logged) {
        List<Notice> notices = new ArrayList<>();
        if (turn.channel().origin().equals(logged.position())) {
            turn.name().directMembers().forEach(user -> notices.add(turn.joined(user)));
        }
        switch (logged.event()) {
            case ServerFrame.MemberJoined joined -> notices.add(turn.joined(joined.user()));
            case ServerFrame.MemberLeft left -> notices.add(turn.left(left.user()));
            case ServerFrame.Message ignored -> {}
            case ServerFrame.Edited ignored -> {}
            case ServerFrame.Deleted ignored -> {}
            case ServerFrame.Reacted ignored -> {}
        }
        return notices;
    }
}
