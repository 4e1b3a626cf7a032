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
import java.util.function.Supplier;

/** Channels from Cassandra: the channel's row, then what the user is in it. Of many channels they are a few requests each, all at once. */
final class CassandraChannelDirectory implements ChannelDirectory {
    private final Cql cql;

    CassandraChannelDirectory(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Optional<Entry> find(ChannelName channel, UserId user) {
        return ChannelRow.find(cql, channel).filter(ChannelRow::live).map(row -> {
            UserRows rows = new UserRows(cql, row, user);
            Standing standing = UserRows.startStanding(cql, row, user).get();
            UserRows.Unread unread = rows.unread(new BlockList(cql, user));
            return new Entry(standing, unread.events(), unread.mentions());
        });
    }

    @Override
    public Optional<Epoch> epochToBe(ChannelName channel) {
        Optional<ChannelState> former = ChannelRow.find(cql, channel).map(ChannelRow::state);
        return former.isEmpty()
                ? Optional.of(cql.first())
                : former.filter(state -> state.life() == Life.PURGED).map(state -> ChannelState.next(state.epoch()));
    }

    @Override
    public Map<Asked, Standing> standings(Collection<Asked> asked) {
        Map<ChannelName, ChannelRow> rows = ChannelRow.find(
                cql, asked.stream().map(Asked::channel).distinct().toList());
        Map<Asked, Supplier<Standing>> requests = new HashMap<>();
        for (Asked one : asked) {
            ChannelRow row = rows.get(one.channel());
            if (row != null && row.live()) {
                requests.computeIfAbsent(one, _ -> UserRows.startStanding(cql, row, one.user()));
            }
        }
        Map<Asked, Standing> standings = new HashMap<>();
        requests.forEach((one, request) -> standings.put(one, request.get()));
        return standings;
    }

    @Override
    public List<HeadList.Head> heads(Collection<ChannelName> channels) {
        return ChannelRow.find(cql, channels).values().stream()
                .filter(ChannelRow::live)
                .map(row -> new HeadList.Head(row.state().name(), row.state().epoch(), row.head()))
                .toList();
    }
}
