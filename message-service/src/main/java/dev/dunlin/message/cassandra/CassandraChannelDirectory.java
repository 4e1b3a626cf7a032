package dev.dunlin.message.cassandra;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.MemberPage.Member;
import java.util.Optional;

/** Channels from Cassandra: the channel's row, then what the user is in it. */
final class CassandraChannelDirectory implements ChannelDirectory {
    private final Cql cql;

    CassandraChannelDirectory(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Optional<Entry> find(ChannelName channel, UserId user) {
        return ChannelRow.find(cql, channel).map(row -> {
            UserRows rows = new UserRows(cql, row, user);
            return new Entry(row.state(), rows.member().map(Member::role).orElse(null), rows.read());
        });
    }
}
