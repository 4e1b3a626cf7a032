package dev.dunlin.message.cassandra;

import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.protocol.ChannelName;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a batch changed: first every row except those of the channels, in any order; then the
 * rows of the channels, which make the others count. Last it removes replaced states. A crash in
 * between leaves rows that do not count, and the replay writes the same ones. For one batch.
 */
final class StateWriter {
    private static final Logger LOG = Logger.getLogger(StateWriter.class);

    private final Tables tables;
    private final LogState state;
    private final Writes rows;
    private final Writes last;
    private final Writes replaced;
    private @Nullable PlannedChannels channels;

    StateWriter(Tables tables, LogState state) {
        this.tables = tables;
        this.state = state;
        this.rows = tables.writes();
        this.last = tables.writes();
        this.replaced = tables.writes();
    }

    /**
     * Throws {@link StaleLog} if a channel is not any more what it was when the state was loaded.
     */
    void write() {
        requireNewest();
        writeRows();
        writeChannels();
        removeReplaced();
    }

    /** Looks at the channels' rows; must come first. Throws {@link StaleLog}. */
    void requireNewest() {
        channels = PlannedChannels.require(tables.channels(), state);
    }

    /** Writes what does not count yet. */
    void writeRows() {
        PlannedChannels planned = channels();
        state.appended().forEach(new EventRows(tables, planned, rows)::add);
        new MessageRows(tables, state, planned, rows, replaced).addAll();
        UserStateRows users = new UserStateRows(tables, state, planned, rows, last, replaced);
        state.members().changes().forEach(users::member);
        state.marks().changes().forEach(users::mark);
        state.reactions().changes().forEach(users::reaction);
        state.channels().changes().keySet().forEach(this::list);
        rows.run();
    }

    /** Makes it count. */
    void writeChannels() {
        state.channels()
                .changes()
                .keySet()
                .forEach(name -> last.add(tables.channels().insert(channels().after(name))));
        last.run();
    }

    /** Removes what does not count any more. */
    void removeReplaced() {
        try {
            replaced.run();
        } catch (RuntimeException e) {
            // They are not seen, and the next change of the same thing removes them.
            LOG.warnf("replaced rows stay until the next change: %s", e.getMessage());
        }
    }

    /** Lists the channel where background work finds it. */
    private void list(ChannelName name) {
        ChannelRow row = channels().after(name);
        Optional<ChannelState> loaded = state.channels().before(name);
        if (loaded.isEmpty()) {
            rows.add(tables.channelsIn().insert(row));
        }
        Life life = row.state().life();
        if (life != loaded.map(ChannelState::life).orElse(Life.LIVE)) {
            DeletedChannelTable deleted = tables.deletedChannels();
            rows.add(
                    life == Life.PURGING
                            ? deleted.insert(row)
                            : deleted.remove(
                                    row,
                                    loaded.map(ChannelState::epoch)
                                            .orElse(row.state().epoch())));
        }
    }

    private PlannedChannels channels() {
        return Objects.requireNonNull(channels, "requireNewest comes first");
    }
}
