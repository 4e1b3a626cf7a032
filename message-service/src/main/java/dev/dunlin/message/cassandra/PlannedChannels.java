package dev.dunlin.message.cassandra;

import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.protocol.ChannelName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of the channels that a batch writes something of, before and after it. For one batch.
 */
final class PlannedChannels {
    /** Those that exist. */
    private final Map<ChannelName, ChannelRow> before;

    private final Map<ChannelName, ChannelRow> after = new HashMap<>();

    private PlannedChannels(Map<ChannelName, ChannelRow> before) {
        this.before = before;
    }

    /**
     * Reads the channels' rows. Throws {@link StaleLog} if a channel is not any more what it was
     * when the state was loaded. Blocks.
     */
    static PlannedChannels require(ChannelTable table, LogState state) {
        Set<ChannelName> names = new HashSet<>(state.channels().changes().keySet());
        state.marks().changes().keySet().forEach(key -> names.add(key.channel()));
        PlannedChannels planned = new PlannedChannels(table.find(names));
        names.forEach(name -> planned.plan(
                name, state.channels().before(name), state.channels().changes().getOrDefault(name, Optional.empty())));
        return planned;
    }

    private void plan(ChannelName name, Optional<ChannelState> loaded, Optional<ChannelState> change) {
        Optional<ChannelRow> row = Optional.ofNullable(before.get(name));
        if (change.isPresent()
                && !row.map(found -> found.state().applied()).equals(loaded.map(ChannelState::applied))) {
            throw new StaleLog(name + " was changed by another process");
        }
        change.map(changed -> row.map(found -> found.changedTo(changed)).orElseGet(() -> new ChannelRow(changed, 0)))
                .or(() -> row)
                .ifPresent(planned -> after.put(name, planned));
    }

    /** The row as it will be. */
    ChannelRow after(ChannelName name) {
        return Objects.requireNonNull(after.get(name), name::value);
    }

    /** The newest version of a channel that counts so far; -1 if there is none. */
    long versionBefore(ChannelName name) {
        ChannelRow row = before.get(name);
        return row == null ? -1 : row.version();
    }
}
