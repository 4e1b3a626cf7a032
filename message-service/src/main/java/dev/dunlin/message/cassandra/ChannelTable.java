package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Table {@code channel}: the one row that makes everything else of a channel count
 * ({@link ChannelRow}).
 */
final class ChannelTable {
    static final Table DEFINITION = new Table(
            "channel",
            "name text primary key, epoch text, title text, head bigint, archived boolean, created bigint, active bigint,"
                    + " origin_partition int, origin_offset bigint, applied_partition int, applied_offset bigint, generation int,"
                    + " life text");

    private static final String SELECT =
            "select name, epoch, title, head, archived, created, active, origin_partition, origin_offset,"
                    + " applied_partition, applied_offset, generation, life from $.channel where name = ?";
    private static final String INSERT =
            "insert into $.channel (name, epoch, title, head, archived, created, active, origin_partition, origin_offset,"
                    + " applied_partition, applied_offset, generation, life) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final int TITLE = 2;

    private final Cql cql;

    ChannelTable(Cql cql) {
        this.cql = cql;
    }

    Optional<ChannelRow> find(ChannelName name) {
        return start(name).first();
    }

    /** Those that exist, by one request each, all at once. */
    Map<ChannelName, ChannelRow> find(Collection<ChannelName> names) {
        Map<ChannelName, Pending<ChannelRow>> requests = new HashMap<>();
        names.forEach(name -> requests.computeIfAbsent(name, this::start));
        Pending.awaitAll(requests.values());
        Map<ChannelName, ChannelRow> found = new HashMap<>();
        requests.forEach((name, request) -> request.first().ifPresent(row -> found.put(name, row)));
        return found;
    }

    private Pending<ChannelRow> start(ChannelName name) {
        return cql.start(cql.bind(SELECT, name.value()), ChannelTable::read);
    }

    /** An older version that comes later does not replace a newer one: its timestamp is lower. */
    Write insert(ChannelRow row) {
        ChannelState state = row.state();
        BoundStatement statement = cql.bind(
                INSERT,
                row.name(),
                row.epoch(),
                state.title(),
                state.head(),
                state.archived(),
                state.created(),
                state.active(),
                state.origin().partition(),
                state.origin().offset(),
                state.applied().partition(),
                state.applied().offset(),
                row.generation(),
                state.life().name(),
                Version.timestamp(row.version()));
        return new Write(
                Partition.of("channel", row.name()), state.title() == null ? statement.setToNull(TITLE) : statement);
    }

    private static ChannelRow read(Row row) {
        return new ChannelRow(
                new ChannelState(
                        new ChannelName(Columns.text(row, "name")),
                        new Epoch(Columns.text(row, "epoch")),
                        row.getString("title"),
                        row.getLong("head"),
                        row.getBoolean("archived"),
                        row.getLong("created"),
                        row.getLong("active"),
                        new LogPosition(row.getInt("origin_partition"), row.getLong("origin_offset")),
                        new LogPosition(row.getInt("applied_partition"), row.getLong("applied_offset")),
                        Life.valueOf(Columns.text(row, "life"))),
                row.getInt("generation"));
    }
}
