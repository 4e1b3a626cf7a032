package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.FinishPurge;

/**
 * Permanent deletion, in two commands of the log, so that the log also decides when a name is free
 * again. First the channel disappears for everybody. When the background has removed its rows, its
 * name is free.
 */
final class Purging {
    private Purging() {}

    static Outcome purge(Turn turn) {
        return turn.mayGovern() ? turn.change(turn.channel().living(turn.record(), Life.PURGING)) : turn.foreign();
    }

    /** What becomes of a command for a channel that is being deleted. */
    static Outcome whilePurging(Turn turn) {
        return switch (turn.record().command().operation()) {
            case FinishPurge finish
            when turn.server() && finish.epoch().equals(turn.channel().epoch()) ->
                turn.change(turn.channel().living(turn.record(), Life.PURGED));
            case ChannelCommand.CreateChannel ignored -> busy(turn);
            case ChannelCommand.Publish ignored -> busy(turn);
            default -> turn.gone();
        };
    }

    private static Outcome busy(Turn turn) {
        return turn.refuse(ErrorCode.UNAVAILABLE, turn.name() + " is being deleted; try again in a moment");
    }
}
