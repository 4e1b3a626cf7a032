package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.retention.ExpiredRows;
import dev.dunlin.protocol.ChannelName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Removes expired rows by ranges of seqs, which is one tombstone a bucket and table. The channels of a namespace are gone through shard by shard, in each by name. How far
 * a channel is, is stored when its rows are gone ({@link Floor}), so that a crash makes it begin again there.
 */
final class CassandraExpiredRows implements ExpiredRows {
    private static final int CHANNELS = 500;

    private static final String NAMES =
            "select name from $.channel_in where namespace = ? and shard = ? and name > ? limit " + CHANNELS;
    private static final String OLDEST = "select seq, ts from $.event"
            + " where channel = ? and epoch = ? and bucket = ? and seq >= ? and seq <= ? order by seq asc";

    private final Cql cql;

    CassandraExpiredRows(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Progress remove(String namespace, @Nullable ChannelName after, long before, long idsBefore, int most) {
        int left = most;
        @Nullable ChannelName done = after;
        int shard = after == null ? 0 : Namespace.shardOf(after);
        String name = after == null ? "" : after.value();
        for (; shard < Namespace.SHARDS; shard++, name = "") {
            List<Row> page = cql.read(cql.bind(NAMES, namespace, shard, name), CHANNELS, row -> false);
            for (Row row : page) {
                ChannelName channel = new ChannelName(Columns.text(row, "name"));
                left -= remove(channel, before, idsBefore, left, most);
                if (left <= 0) {
                    // Perhaps there is more of it: begin with this channel again.
                    return new Progress(most, true, done);
                }
                done = channel;
            }
            if (page.size() == CHANNELS) {
                return new Progress(most - left, true, done);
            }
        }
        return new Progress(most - left, false, done);
    }

    /** None: without its row a channel's versions would begin below those that were deleted. */
    @Override
    public int removeUnwritten(String namespace, long before, int most) {
        return 0;
    }

    private int remove(ChannelName name, long before, long idsBefore, int most, int mostIds) {
        Optional<ChannelRow> found = ChannelRow.find(cql, name).filter(ChannelRow::live);
        if (found.isEmpty()) {
            return 0;
        }
        ChannelRow channel = found.get();
        Floor floor = Floor.of(cql, channel);
        long last = lastExpired(channel, floor.first(), before, most);
        Removal removal = new Removal(cql, channel);
        if (last >= floor.first()) {
            removal.remove(floor.first(), last, idsBefore);
            Floor.raiseFirst(cql, channel, last + 1);
        }
        long end = Math.max(floor.first(), last + 1);
        if (floor.ids() < end) {
            long next = removal.forgetIds(floor.ids(), end, idsBefore, mostIds);
            if (next > floor.ids()) {
                Floor.raiseIds(cql, channel, next);
            }
        }
        return Math.toIntExact(Math.max(0, last + 1 - floor.first()));
    }

    /** The last of at most {@code most} events from {@code first} on that happened before a time; {@code first - 1} if there is none. */
    private long lastExpired(ChannelRow channel, long first, long before, int most) {
        Buckets buckets = cql.buckets();
        long last = first - 1;
        for (long bucket = buckets.of(first); bucket <= buckets.of(channel.head()); bucket++) {
            List<Row> rows = cql.read(
                    cql.bind(
                            OLDEST,
                            channel.name(),
                            channel.epoch(),
                            bucket,
                            first,
                            Math.min(channel.head(), first + most - 1)),
                    MessageReader.MOST_ROWS,
                    row -> row.getLong("ts") >= before);
            for (Row row : rows) {
                if (row.getLong("ts") >= before) {
                    return last;
                }
                last = row.getLong("seq");
            }
            if (last >= first + most - 1) {
                return last;
            }
        }
        return last;
    }
}
