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
import java.util.concurrent.CompletableFuture;

/**
 * A channel's row: what is not covered by it does not count.
 *
 * @param generation of its versions, see {@link Version}
 */
record ChannelRow(ChannelState state, int generation) {
    private static final String SELECT =
            "select name, epoch, title, head, archived, created, active, origin_partition, origin_offset,"
                    + " applied_partition, applied_offset, generation, life from $.channel where name = ?";
    private static final String INSERT =
            "insert into $.channel (name, epoch, title, head, archived, created, active, origin_partition, origin_offset,"
                    + " applied_partition, applied_offset, generation, life) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final int TITLE = 2;

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

    static Optional<ChannelRow> find(Cql cql, ChannelName name) {
        return cql.first(cql.bind(SELECT, name.value())).map(ChannelRow::of);
    }

    /** Those that exist, by one request each, all at once. */
    static Map<ChannelName, ChannelRow> find(Cql cql, Collection<ChannelName> names) {
        Map<ChannelName, CompletableFuture<Optional<ChannelRow>>> requests = new HashMap<>();
        for (ChannelName name : names) {
            requests.computeIfAbsent(
                    name,
                    one -> cql.rows(cql.bind(SELECT, one.value()))
                            .thenApply(rows -> rows.stream().findFirst().map(ChannelRow::of)));
        }
        Cql.awaitAll(requests.values());
        Map<ChannelName, ChannelRow> found = new HashMap<>();
        requests.forEach((name, request) -> request.join().ifPresent(row -> found.put(name, row)));
        return found;
    }

    /** An older version that comes later does not replace a newer one: its timestamp is lower. */
    BoundStatement insert(Cql cql) {
        BoundStatement statement = cql.bind(
                INSERT,
                name(),
                epoch(),
                state.title(),
                state.head(),
                state.archived(),
                state.created(),
                state.active(),
                state.origin().partition(),
                state.origin().offset(),
                state.applied().partition(),
                state.applied().offset(),
                generation,
                state.life().name(),
                Version.timestamp(version()));
        return state.title() == null ? statement.setToNull(TITLE) : statement;
    }

    private static ChannelRow of(Row row) {
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
