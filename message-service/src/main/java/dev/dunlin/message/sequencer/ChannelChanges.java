package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.kafka.ChannelCommand.UpdateChannel;
import java.util.Objects;
import java.util.Optional;

/** Changes of a channel itself, by its owners. They take no seq. */
final class ChannelChanges {
    private ChannelChanges() {}

    static Outcome update(Turn turn, UpdateChannel update) {
        if (!turn.mayGovern()) {
            return turn.foreign();
        }
        boolean archived = update.archived() == null ? turn.channel().archived() : update.archived();
        if (turn.channel().archived() && archived) {
            return turn.archived();
        }
        String title = update.title() == null ? turn.channel().title() : update.title();
        Optional<Outcome> refusal = Title.findRefusal(update.title());
        return refusal.orElseGet(() -> Objects.equals(title, turn.channel().title())
                        && archived == turn.channel().archived()
                ? turn.unchanged()
                : turn.change(turn.channel().withTitle(turn.record(), title, archived)));
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
