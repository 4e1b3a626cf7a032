package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.kafka.ChannelCommand.UpdateChannel;
import java.util.Optional;

/** Changes of a channel itself, by its owners. They take no seq. */
final class ChannelChanges {
    private ChannelChanges() {}

    static Outcome update(Turn turn, UpdateChannel update) {
        if (!turn.mayGovern()) {
            return turn.foreign();
        }
        if (turn.channel().archived()) {
            return turn.archived();
        }
        Optional<Outcome> refusal = Title.findRefusal(update.title());
        return refusal.orElseGet(() -> update.title().equals(turn.channel().title())
                ? turn.unchanged()
                : turn.change(turn.channel().withTitle(turn.record(), update.title())));
    }

    static Outcome archive(Turn turn) {
        if (!turn.mayGovern()) {
            return turn.foreign();
        }
        return turn.channel().archived()
                ? turn.unchanged()
                : turn.change(turn.channel().asArchived(turn.record()));
    }
}
