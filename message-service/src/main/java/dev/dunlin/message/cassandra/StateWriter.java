package dev.dunlin.message.cassandra;

import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.protocol.ChannelName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Writes what a batch changed: first every row but the channels', in any order; then the channels' rows, which make them count; then it removes what is replaced. A
 * crash in between leaves rows that nobody takes for true, and the replay writes the same ones. For one batch.
 */
final class StateWriter {
    private static final Logger LOG = Logger.getLogger(StateWriter.class);

    private static final String CHANNEL_IN =
            "insert into $.channel_in (namespace, shard, name) values (?, ?, ?) using timestamp ?";
    private static final String DELETED =
            "insert into $.deleted_channel (part, name, epoch) values ('all', ?, ?) using timestamp ?";
    private static final String NOT_DELETED =
            "delete from $.deleted_channel using timestamp ? where part = 'all' and name = ? and epoch = ?";

    private final Cql cql;
    private final LogState state;
    /** Of every channel that the batch writes something of: as it will be. */
    private final Map<ChannelName, ChannelRow> channels = new HashMap<>();
    /** As they are, those that exist. */
    private Map<ChannelName, ChannelRow> before = Map.of();

    private final Writes rows;
    private final Writes last;
    private final Writes replaced;

    StateWriter(Cql cql, LogState state) {
        this.cql = cql;
        this.state = state;
        this.rows = new Writes(cql);
        this.last = new Writes(cql);
        this.replaced = new Writes(cql);
    }

    /** Throws {@link StaleLog} if a channel is not any more what it was when the state was loaded. */
    void write() {
        requireNewest();
        writeRows();
        writeChannels();
        removeReplaced();
    }

    /** Looks at the channels' rows; must come first. Throws {@link StaleLog}. */
    void requireNewest() {
        Set<ChannelName> names = new HashSet<>(state.channels().changes().keySet());
        state.marks().changes().keySet().forEach(key -> names.add(key.channel()));
        before = ChannelRow.find(cql, names);
        for (ChannelName name : names) {
            Optional<ChannelState> loaded = state.channels().before(name);
            Optional<ChannelRow> row = Optional.ofNullable(before.get(name));
            Optional<ChannelState> change = state.channels().changes().getOrDefault(name, Optional.empty());
            if (change.isPresent()
                    && !row.map(found -> found.state().applied()).equals(loaded.map(ChannelState::applied))) {
                throw new StaleLog(name + " was changed by another process");
            }
            change.map(changed ->
                            row.map(found -> found.changedTo(changed)).orElseGet(() -> new ChannelRow(changed, 0)))
                    .or(() -> row)
                    .ifPresent(planned -> channels.put(name, planned));
        }
    }

    /** Writes what does not count yet. */
    void writeRows() {
        LogRows log = new LogRows(cql, state, this::channel, this::coveredBefore, rows, replaced);
        state.appended().forEach(log::event);
        log.messages();
        UserStateRows users = new UserStateRows(cql, state, this::channel, rows, last, replaced);
        state.members().changes().forEach(users::member);
        state.marks().changes().forEach(users::mark);
        state.reactions().changes().forEach(users::reaction);
        state.channels().changes().keySet().forEach(this::listed);
        rows.run();
    }

    /** Makes it count. */
    void writeChannels() {
        state.channels().changes().keySet().forEach(name -> {
            ChannelRow row = channel(name);
            last.add(List.of("channel", row.name()), row.insert(cql), 0);
        });
        last.run();
    }

    /** Removes what does not count any more. */
    void removeReplaced() {
        try {
            replaced.run();
        } catch (RuntimeException e) {
            // They are not seen, and the next change of the same thing removes them.
            LOG.warnf("rows that were replaced stay for now: %s", e.getMessage());
        }
    }

    /** Where the background finds the channel. */
    private void listed(ChannelName name) {
        ChannelRow row = channel(name);
        Optional<ChannelState> loaded = state.channels().before(name);
        long timestamp = Version.timestamp(row.version());
        if (loaded.isEmpty()) {
            int shard = Namespace.shardOf(name);
            rows.add(
                    List.of("namespace", name.namespace(), shard),
                    cql.bind(CHANNEL_IN, name.namespace(), shard, name.value(), timestamp),
                    0);
        }
        Life life = row.state().life();
        if (life != loaded.map(ChannelState::life).orElse(Life.LIVE)) {
            rows.add(
                    List.of("deleted"),
                    life == Life.PURGING
                            ? cql.bind(DELETED, row.name(), row.epoch(), timestamp)
                            : cql.bind(
                                    NOT_DELETED,
                                    timestamp,
                                    row.name(),
                                    loaded.map(was -> was.epoch().value()).orElse(row.epoch())),
                    0);
        }
    }

    /** The newest version of a channel that counts so far. */
    private long coveredBefore(ChannelName name) {
        ChannelRow row = before.get(name);
        return row == null ? -1 : row.version();
    }

    private ChannelRow channel(ChannelName name) {
        return Objects.requireNonNull(channels.get(name), name::value);
    }
}
