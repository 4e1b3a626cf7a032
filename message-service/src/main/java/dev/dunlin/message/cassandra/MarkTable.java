package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Table {@code mark}: how far users have read and received. Marks have no versions: nothing is
 * numbered by them, and the newest counts.
 */
final class MarkTable {
    static final Table DEFINITION = new Table(
            "mark",
            "channel text, epoch text, user_id text, read_seq bigint, received_seq bigint, kafka_partition int,"
                    + " kafka_offset bigint, primary key ((channel, epoch), user_id)");

    private static final String INSERT =
            "insert into $.mark (channel, epoch, user_id, read_seq, received_seq, kafka_partition, kafka_offset)"
                    + " values (?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE =
            "delete from $.mark using timestamp ? where channel = ? and epoch = ? and user_id = ?";
    private static final String ONE =
            "select user_id, read_seq, received_seq, kafka_partition, kafka_offset from $.mark"
                    + " where channel = ? and epoch = ? and user_id = ?";
    private static final String PAGE =
            "select user_id, read_seq, received_seq from $.mark where channel = ? and epoch = ? and user_id > ? limit ?";
    private static final String USERS = "select user_id from $.mark where channel = ? and epoch = ? limit ?";

    private final Cql cql;

    MarkTable(Cql cql) {
        this.cql = cql;
    }

    /** A user's marks. */
    record Stored(Row row) {
        UserId user() {
            return Columns.user(row);
        }

        /** A mark may be newer than the head that was read before it. */
        long read(long head) {
            return Math.min(row.getLong("read_seq"), head);
        }

        long received(long head) {
            return Math.min(row.getLong("received_seq"), head);
        }

        MarkState state() {
            return new MarkState(row.getLong("read_seq"), row.getLong("received_seq"), Columns.position(row));
        }
    }

    Write insert(ChannelRow channel, UserId user, MarkState mark) {
        return new Write(
                Partition.ofUsersIn(channel),
                cql.bind(
                        INSERT,
                        channel.name(),
                        channel.epoch(),
                        user.value(),
                        mark.read(),
                        mark.received(),
                        mark.position().partition(),
                        mark.position().offset(),
                        Version.timestamp(channel.versionOf(mark.position()))));
    }

    Write remove(ChannelRow channel, UserId user) {
        return new Write(
                Partition.ofUsersIn(channel),
                cql.bind(REMOVE, Version.timestamp(channel.version()), channel.name(), channel.epoch(), user.value()));
    }

    Pending<Stored> start(ChannelRow channel, UserId user) {
        return cql.start(cql.bind(ONE, channel.name(), channel.epoch(), user.value()), Stored::new);
    }

    List<Stored> page(ChannelRow channel, String after, int limit) {
        return cql.read(
                cql.bind(PAGE, channel.name(), channel.epoch(), after, limit),
                Math.min(limit, Cql.PAGE_ROWS),
                Stored::new,
                mark -> false);
    }

    /** Some users with marks. */
    List<UserId> users(ChannelRow channel, int limit) {
        return cql.read(cql.bind(USERS, channel.name(), channel.epoch(), limit), Columns::user);
    }
}
