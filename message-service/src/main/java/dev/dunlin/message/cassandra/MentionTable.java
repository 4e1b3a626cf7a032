package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table {@code mention}: the messages of a channel that mention a user, a row for each state. */
final class MentionTable {
    static final Table DEFINITION = new Table(
            "mention",
            "user_id text, channel text, epoch text, seq bigint, version bigint, gone boolean, sender text,"
                    + " primary key ((user_id, channel, epoch), seq, version))"
                    + " with clustering order by (seq desc, version desc",
            List.of(new Table.Column("sender", "text")));

    private static final String INSERT = "insert into $.mention (user_id, channel, epoch, seq, version, gone, sender)"
            + " values (?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE_OLDER = "delete from $.mention using timestamp ?"
            + " where user_id = ? and channel = ? and epoch = ? and seq = ? and version < ?";
    private static final String REMOVE = "delete from $.mention using timestamp ?"
            + " where user_id = ? and channel = ? and epoch = ? and seq >= ? and seq <= ?";
    private static final String AFTER = "select seq, version, gone, sender from $.mention"
            + " where user_id = ? and channel = ? and epoch = ? and seq > ? and seq <= ?";

    private final Cql cql;

    MentionTable(Cql cql) {
        this.cql = cql;
    }

    /** A state of a mention. */
    record Stored(Row row) implements Versioned {
        long seq() {
            return row.getLong("seq");
        }

        /** Null in rows of older versions. */
        @Nullable
        String sender() {
            return row.getString("sender");
        }
    }

    /** {@code gone} if the message does not mention the user any more. */
    Write insert(ChannelRow channel, long seq, UserId user, UserId sender, boolean gone) {
        return new Write(
                partition(channel, user),
                cql.bind(
                        INSERT,
                        user.value(),
                        channel.name(),
                        channel.epoch(),
                        seq,
                        channel.version(),
                        gone,
                        sender.value(),
                        Version.timestamp(channel.version())));
    }

    /** Removes the states before a version. */
    Write removeOlder(ChannelRow channel, long seq, UserId user, long version) {
        return new Write(
                partition(channel, user),
                cql.bind(
                        REMOVE_OLDER,
                        Version.timestamp(channel.version()),
                        user.value(),
                        channel.name(),
                        channel.epoch(),
                        seq,
                        version));
    }

    Write remove(BucketRange range, UserId user) {
        return new Write(
                partition(range.channel(), user),
                cql.bind(
                        REMOVE,
                        range.timestamp(),
                        user.value(),
                        range.channel().name(),
                        range.channel().epoch(),
                        range.first(),
                        range.last()));
    }

    /** At most {@code limit} states of mentions after a seq, up to the head. */
    List<Stored> after(ChannelRow channel, UserId user, long seq, int limit) {
        return cql.read(
                cql.bind(AFTER, user.value(), channel.name(), channel.epoch(), seq, channel.head()),
                Cql.PAGE_ROWS,
                Stored::new,
                Cql.atMost(limit));
    }

    private static Partition partition(ChannelRow channel, UserId user) {
        return Partition.of("mention", user, channel.name(), channel.epoch());
    }
}
