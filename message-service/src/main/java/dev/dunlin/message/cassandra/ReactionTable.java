package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.Optional;

/** Table {@code reaction}: the reactions to messages, a row for each of their states. */
final class ReactionTable {
    static final Table DEFINITION = new Table(
            "reaction",
            "channel text, epoch text, bucket bigint, target bigint, emoji text, user_id text, version bigint, gone boolean,"
                    + " seq bigint, ts bigint, kafka_partition int, kafka_offset bigint,"
                    + " primary key ((channel, epoch, bucket), target, emoji, user_id, version))"
                    + " with clustering order by (target desc, emoji asc, user_id asc, version desc");

    private static final String INSERT =
            "insert into $.reaction (channel, epoch, bucket, target, emoji, user_id, version, gone, seq, ts, kafka_partition,"
                    + " kafka_offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE_OLDER =
            "delete from $.reaction using timestamp ? where channel = ? and epoch = ?"
                    + " and bucket = ? and target = ? and emoji = ? and user_id = ? and version < ?";
    private static final String REMOVE = "delete from $.reaction using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and target >= ? and target <= ?";
    private static final String STATE = "select gone, seq, ts, kafka_partition, kafka_offset from $.reaction"
            + " where channel = ? and epoch = ? and bucket = ? and target = ? and emoji = ? and user_id = ? and version <= ? limit 1";
    private static final String RANGE = "select target, emoji, user_id, version, gone, seq from $.reaction"
            + " where channel = ? and epoch = ? and bucket = ? and target >= ? and target <= ?";

    private final Cql cql;
    private final BucketRows rows;

    ReactionTable(Cql cql) {
        this.cql = cql;
        this.rows = new BucketRows(cql);
    }

    /** A reaction, with the emoji as its row spells it. */
    record Key(long target, String emoji, UserId user) {}

    /** A state of a reaction. */
    record Stored(Row row) implements Versioned {
        Key key() {
            return new Key(row.getLong("target"), Columns.text(row, "emoji"), Columns.user(row));
        }

        long seq() {
            return row.getLong("seq");
        }

        Optional<ReactionState> state() {
            return gone()
                    ? Optional.empty()
                    : Optional.of(new ReactionState(seq(), row.getLong("ts"), Columns.position(row)));
        }
    }

    /** {@code state} is empty if the reaction was removed. */
    Write insert(ChannelRow channel, Key key, Optional<ReactionState> state) {
        long bucket = bucketOf(key);
        return new Write(
                Partition.ofBucket(channel, bucket),
                cql.bind(
                        INSERT,
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        key.target(),
                        key.emoji(),
                        key.user().value(),
                        channel.version(),
                        state.isEmpty(),
                        state.map(ReactionState::seq).orElse(null),
                        state.map(ReactionState::ts).orElse(null),
                        state.map(reaction -> reaction.position().partition()).orElse(null),
                        state.map(reaction -> reaction.position().offset()).orElse(null),
                        Version.timestamp(channel.version())));
    }

    /** Removes the states before a version. */
    Write removeOlder(ChannelRow channel, Key key, long version) {
        long bucket = bucketOf(key);
        return new Write(
                Partition.ofBucket(channel, bucket),
                cql.bind(
                        REMOVE_OLDER,
                        Version.timestamp(channel.version()),
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        key.target(),
                        key.emoji(),
                        key.user().value(),
                        version));
    }

    Write remove(BucketRange range) {
        return rows.remove(REMOVE, range);
    }

    /** Starts to read the state that counts. */
    Pending<Stored> startState(ChannelRow channel, Key key) {
        return cql.start(
                cql.bind(
                        STATE,
                        channel.name(),
                        channel.epoch(),
                        bucketOf(key),
                        key.target(),
                        key.emoji(),
                        key.user().value(),
                        channel.version()),
                Stored::new);
    }

    /** All states of the reactions to the messages of a range. */
    List<Stored> inRange(BucketRange range) {
        return cql.read(rows.in(RANGE, range), Stored::new);
    }

    private long bucketOf(Key key) {
        return rows.bucketOf(key.target());
    }
}
