package dev.dunlin.message.cassandra;

import dev.dunlin.message.retention.ExpiredRows;
import dev.dunlin.protocol.ChannelName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Removes expired rows by ranges of seqs, which is one tombstone a bucket and table. The channels
 * of a namespace are visited shard by shard, in each by name. How far a channel is, is stored when
 * its rows are removed ({@link RetainedTable}), so that after a crash it begins again there.
 */
final class CassandraExpiredRows implements ExpiredRows {
    private static final int PAGE_CHANNELS = 500;

    private final Tables tables;

    CassandraExpiredRows(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Progress remove(String namespace, @Nullable ChannelName after, long beforeMs, long idsBeforeMs, int most) {
        int left = most;
        @Nullable ChannelName done = after;
        int shard = after == null ? 0 : ChannelInTable.shardOf(after);
        String name = after == null ? "" : after.value();
        for (; shard < ChannelInTable.SHARDS; shard++, name = "") {
            List<ChannelName> page = tables.channelsIn().after(namespace, shard, name, PAGE_CHANNELS);
            for (ChannelName channel : page) {
                left -= remove(channel, beforeMs, idsBeforeMs, left, most);
                if (left <= 0) {
                    // Perhaps there is more of it: begin with this channel again.
                    return new Progress(most, true, done);
                }
                done = channel;
            }
            if (page.size() == PAGE_CHANNELS) {
                return new Progress(most - left, true, done);
            }
        }
        return new Progress(most - left, false, done);
    }

    /** None: without its row a channel's versions would begin below those that were deleted. */
    @Override
    public int removeUnwritten(String namespace, long beforeMs, int most) {
        return 0;
    }

    private int remove(ChannelName name, long beforeMs, long idsBeforeMs, int most, int mostIds) {
        Optional<ChannelRow> found = tables.channels().find(name).filter(ChannelRow::live);
        if (found.isEmpty()) {
            return 0;
        }
        ChannelRow channel = found.get();
        Floor floor = tables.retained().find(channel);
        long last = lastExpired(channel, floor.first(), beforeMs, most);
        Removal removal = new Removal(tables, channel);
        if (last >= floor.first()) {
            removal.remove(floor.first(), last, idsBeforeMs);
            tables.retained().raiseFirst(channel, last + 1);
        }
        long end = Math.max(floor.first(), last + 1);
        if (floor.ids() < end) {
            long next = removal.forgetIds(floor.ids(), end, idsBeforeMs, mostIds);
            if (next > floor.ids()) {
                tables.retained().raiseIds(channel, next);
            }
        }
        return Math.toIntExact(Math.max(0, last + 1 - floor.first()));
    }

    /**
     * The last of at most {@code most} events from {@code first} on that happened before a time;
     * {@code first - 1} if there is none.
     */
    private long lastExpired(ChannelRow channel, long first, long beforeMs, int most) {
        Buckets buckets = tables.buckets();
        long end = Math.min(channel.head(), first + most - 1);
        long last = first - 1;
        for (long bucket = buckets.of(first); bucket <= buckets.of(channel.head()); bucket++) {
            for (EventTable.Time event : tables.events().upTo(new BucketRange(channel, bucket, first, end), beforeMs)) {
                if (event.ts() >= beforeMs) {
                    return last;
                }
                last = event.seq();
            }
            if (last >= first + most - 1) {
                return last;
            }
        }
        return last;
    }
}
