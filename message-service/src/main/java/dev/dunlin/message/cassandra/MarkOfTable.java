package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;

/** Table {@code mark_of}: the channels in which a user has marks. */
final class MarkOfTable {
    static final Table DEFINITION =
            new Table("mark_of", "user_id text, channel text, epoch text, primary key ((user_id), channel, epoch)");

    private static final String INSERT =
            "insert into $.mark_of (user_id, channel, epoch) values (?, ?, ?) using timestamp ?";
    private static final String REMOVE =
            "delete from $.mark_of using timestamp ? where user_id = ? and channel = ? and epoch = ?";
    private static final String AFTER = "select channel, epoch from $.mark_of where user_id = ? and channel > ?";

    private final Cql cql;

    MarkOfTable(Cql cql) {
        this.cql = cql;
    }

    Write insert(ChannelRow channel, UserId user, MarkState mark) {
        return new Write(
                Partition.ofUser(user),
                cql.bind(
                        INSERT,
                        user.value(),
                        channel.name(),
                        channel.epoch(),
                        Version.timestamp(channel.versionOf(mark.position()))));
    }

    Write remove(ChannelRow channel, UserId user) {
        return new Write(
                Partition.ofUser(user),
                cql.bind(REMOVE, Version.timestamp(channel.version()), user.value(), channel.name(), channel.epoch()));
    }

    /** At most {@code limit} channels, by name. */
    List<ChannelName> after(UserId user, String after, int limit) {
        return cql.read(cql.bind(AFTER, user.value(), after), Cql.PAGE_ROWS, Columns::channel, Cql.atMost(limit));
    }
}
