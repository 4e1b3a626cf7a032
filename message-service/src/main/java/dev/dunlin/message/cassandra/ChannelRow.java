package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.message.sequencer.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link ChannelTable}. What it does not cover does not count.
 *
 * @param generation of its versions, see {@link Version}
 */
record ChannelRow(ChannelState state, int generation) {
    String name() {
        return state.name().value();
    }

    String epoch() {
        return state.epoch().value();
    }

    long head() {
        return state.head();
    }

    /** Whether readers may find it. */
    boolean live() {
        return state.life() == Life.LIVE;
    }

    /** The newest version that counts. */
    long version() {
        return Version.of(generation, state.applied());
    }

    /** The row that a batch makes of this one. */
    ChannelRow changedTo(ChannelState changed) {
        boolean moved = changed.applied().partition() != state.applied().partition();
        return new ChannelRow(changed, moved ? generation + 1 : generation);
    }

    /** The version of a record that this channel's row need not cover. */
    long versionOf(LogPosition position) {
        return Version.of(position.partition() == state.applied().partition() ? generation : generation + 1, position);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChannelRow that && generation == that.generation && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return state.name().hashCode();
    }
}
