package dev.dunlin.message.cassandra;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.http.HeadList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Channels from Cassandra: the channel's row, then what the user is in it. Of many channels they
 * are a few requests each, all at once.
 */
final class CassandraChannelDirectory implements ChannelDirectory {
    private final Tables tables;

    CassandraChannelDirectory(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Entry> find(ChannelName channel, UserId user) {
        return tables.channels().find(channel).filter(ChannelRow::live).map(row -> {
            UnreadReader unreadReader = new UnreadReader(tables, row, user);
            Standing standing = new StandingReader(tables, row, user).await();
            UnreadReader.Unread unread = unreadReader.unread(new BlockList(tables.blocks(), user));
            return new Entry(standing, unread.events(), unread.mentions());
        });
    }

    @Override
    public Optional<Epoch> epochToBe(ChannelName channel) {
        Optional<ChannelState> former = tables.channels().find(channel).map(ChannelRow::state);
        return former.isEmpty()
                ? Optional.of(tables.cql().first())
                : former.filter(state -> state.life() == Life.PURGED).map(state -> ChannelState.next(state.epoch()));
    }

    @Override
    public Map<Asked, Standing> standings(Collection<Asked> asked) {
        Map<ChannelName, ChannelRow> rows = tables.channels()
                .find(asked.stream().map(Asked::channel).distinct().toList());
        Map<Asked, StandingReader> reads = new HashMap<>();
        for (Asked one : asked) {
            ChannelRow row = rows.get(one.channel());
            if (row != null && row.live()) {
                reads.computeIfAbsent(one, _ -> new StandingReader(tables, row, one.user()));
            }
        }
        Map<Asked, Standing> standings = new HashMap<>();
        reads.forEach((one, read) -> standings.put(one, read.await()));
        return standings;
    }

    @Override
    public List<HeadList.Head> heads(Collection<ChannelName> channels) {
        return tables.channels().find(channels).values().stream()
                .filter(ChannelRow::live)
                .map(row -> new HeadList.Head(row.state().name(), row.state().epoch(), row.head()))
                .toList();
    }
}
