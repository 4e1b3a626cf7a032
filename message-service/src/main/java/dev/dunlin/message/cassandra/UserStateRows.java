package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.message.sequencer.ReactionState;
import java.util.Optional;
import java.util.Set;

/**
 * Adds the rows of a batch's members, marks and reactions. What came and went within the batch is
 * written as gone too: if a crash cut the batch elsewhere, there may be rows of it. For one batch.
 */
final class UserStateRows {
    private final Tables tables;
    private final LogState state;
    private final PlannedChannels channels;
    private final Writes rows;
    private final Writes last;
    private final Writes replaced;

    /** {@code last} is written when {@code rows} are. */
    UserStateRows(Tables tables, LogState state, PlannedChannels channels, Writes rows, Writes last, Writes replaced) {
        this.tables = tables;
        this.state = state;
        this.channels = channels;
        this.rows = rows;
        this.last = last;
        this.replaced = replaced;
    }

    void member(Keys.OfUser key, Optional<MemberState> change) {
        ChannelRow channel = channels.after(key.channel());
        rows.add(tables.members().insert(channel, key.user(), change));
        rows.add(tables.channelsOf().insert(channel, key.user(), change));
        if (change.isEmpty() || state.members().before(key).isPresent()) {
            long below = change.isEmpty() ? channel.version() + 1 : channel.version();
            replaced.add(tables.members().removeOlder(channel, key.user(), below));
            replaced.add(tables.channelsOf().removeOlder(channel, key.user(), below));
        }
    }

    void mark(Keys.OfUser key, Optional<MarkState> change) {
        ChannelRow channel = channels.after(key.channel());
        if (change.isEmpty()) {
            rows.add(tables.marks().remove(channel, key.user()));
            rows.add(tables.marksOf().remove(channel, key.user()));
            return;
        }
        MarkState mark = change.get();
        // The list of the user's marks is written before the mark, and not again for a later one.
        last.add(tables.marks().insert(channel, key.user(), mark));
        if (state.marks().before(key).isEmpty()) {
            rows.add(tables.marksOf().insert(channel, key.user(), mark));
        }
    }

    void reaction(Keys.OfReaction key, Optional<ReactionState> change) {
        reaction(key, key.emoji().value(), change);
        state.reactions()
                .before(key)
                .map(ReactionState::spelled)
                .orElse(Set.of())
                .forEach(spelled -> reaction(key, spelled, Optional.empty()));
    }

    private void reaction(Keys.OfReaction key, String emoji, Optional<ReactionState> change) {
        ChannelRow channel = channels.after(key.channel());
        ReactionTable.Key row = new ReactionTable.Key(key.target(), emoji, key.user());
        rows.add(tables.reactions().insert(channel, row, change));
        rows.add(tables.reactionsOf().insert(channel, row, change));
        if (change.isEmpty() || state.reactions().before(key).isPresent()) {
            long below = change.isEmpty() ? channel.version() + 1 : channel.version();
            replaced.add(tables.reactions().removeOlder(channel, row, below));
            replaced.add(tables.reactionsOf().removeOlder(channel, row, below));
        }
    }
}
