package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;

/** Table {@code authored}: the events that a user caused in a bucket of a channel. */
final class AuthoredTable {
    static final Table DEFINITION = new Table(
            "authored",
            "channel text, epoch text, author text, bucket bigint, seq bigint,"
                    + " primary key ((channel, epoch, author, bucket), seq)");

    private static final String INSERT = "insert into $.authored (channel, epoch, author, bucket, seq)"
            + " values (?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE = "delete from $.authored using timestamp ?"
            + " where channel = ? and epoch = ? and author = ? and bucket = ? and seq >= ? and seq <= ?";
    private static final String OF_AUTHOR =
            " from $.authored where channel = ? and epoch = ? and author = ? and bucket = ?";
    private static final String COUNT = "select count(*)" + OF_AUTHOR + " and seq > ? and seq <= ?";
    private static final String AFTER = "select seq" + OF_AUTHOR + " and seq > ? and seq <= ?";
    private static final String NEWEST = "select seq" + OF_AUTHOR + " and seq <= ? order by seq desc limit 1";

    private final Cql cql;

    AuthoredTable(Cql cql) {
        this.cql = cql;
    }

    Write insert(ChannelRow channel, ServerFrame.LogEvent event, long version) {
        long bucket = cql.buckets().of(event.seq());
        return new Write(
                partition(channel, event.by(), bucket),
                cql.bind(
                        INSERT,
                        channel.name(),
                        channel.epoch(),
                        event.by().value(),
                        bucket,
                        event.seq(),
                        Version.timestamp(version)));
    }

    Write remove(BucketRange range, UserId author) {
        return new Write(
                partition(range.channel(), author, range.bucket()),
                cql.bind(
                        REMOVE,
                        range.timestamp(),
                        range.channel().name(),
                        range.channel().epoch(),
                        author.value(),
                        range.bucket(),
                        range.first(),
                        range.last()));
    }

    /** Starts to count the events of a bucket after a seq, up to the head. */
    Pending<Long> startCount(ChannelRow channel, UserId author, long bucket, long seq) {
        return cql.start(
                cql.bind(COUNT, channel.name(), channel.epoch(), author.value(), bucket, seq, channel.head()),
                row -> row.getLong(0));
    }

    /** Starts to read the newest seq of a bucket, up to the head. */
    Pending<Long> startNewest(ChannelRow channel, UserId author, long bucket) {
        return cql.start(
                cql.bind(NEWEST, channel.name(), channel.epoch(), author.value(), bucket, channel.head()),
                row -> row.getLong("seq"));
    }

    /** At most {@code limit} seqs of a bucket after one, up to the head. */
    List<Long> after(ChannelRow channel, UserId author, long bucket, long seq, int limit) {
        return cql.read(
                cql.bind(AFTER, channel.name(), channel.epoch(), author.value(), bucket, seq, channel.head()),
                limit,
                row -> row.getLong("seq"),
                Cql.atMost(limit));
    }

    private static Partition partition(ChannelRow channel, UserId author, long bucket) {
        return Partition.of("authored", channel.name(), channel.epoch(), author, bucket);
    }
}
