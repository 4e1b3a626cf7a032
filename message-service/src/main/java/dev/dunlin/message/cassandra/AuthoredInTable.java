package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;

/** Table {@code authored_in}: the buckets that have events of a user. */
final class AuthoredInTable {
    static final Table DEFINITION = new Table(
            "authored_in",
            "user_id text, channel text, epoch text, bucket bigint,"
                    + " primary key ((user_id), channel, epoch, bucket)");

    private static final String INSERT =
            "insert into $.authored_in (user_id, channel, epoch, bucket) values (?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE =
            "delete from $.authored_in using timestamp ? where user_id = ? and channel = ? and epoch = ? and bucket = ?";
    private static final String FROM =
            "select channel, epoch, bucket from $.authored_in where user_id = ? and channel >= ?";
    private static final String ONE =
            "select user_id from $.authored_in where user_id = ? and channel = ? and epoch = ? limit 1";

    private final Cql cql;

    AuthoredInTable(Cql cql) {
        this.cql = cql;
    }

    /** A bucket of a channel. */
    record Stored(ChannelName channel, String epoch, long bucket) {
        boolean isIn(ChannelRow row) {
            return row.state().name().equals(channel) && row.epoch().equals(epoch);
        }
    }

    Write insert(ChannelRow channel, ServerFrame.LogEvent event, long version) {
        return new Write(
                Partition.ofUser(event.by()),
                cql.bind(
                        INSERT,
                        event.by().value(),
                        channel.name(),
                        channel.epoch(),
                        cql.buckets().of(event.seq()),
                        Version.timestamp(version)));
    }

    Write remove(BucketRange range, UserId author) {
        return new Write(
                Partition.ofUser(author),
                cql.bind(
                        REMOVE,
                        range.timestamp(),
                        author.value(),
                        range.channel().name(),
                        range.channel().epoch(),
                        range.bucket()));
    }

    /** All buckets of channels from {@code channel} on, by name. */
    List<Stored> from(UserId author, String channel) {
        return cql.read(
                cql.bind(FROM, author.value(), channel),
                row -> new Stored(Columns.channel(row), Columns.text(row, "epoch"), row.getLong("bucket")));
    }

    /** Starts to read whether a user caused anything in a channel. */
    Pending<UserId> start(ChannelRow channel, UserId author) {
        return cql.start(cql.bind(ONE, author.value(), channel.name(), channel.epoch()), Columns::user);
    }
}
