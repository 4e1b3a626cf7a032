package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.history.Reactors;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Table {@code message}: messages as they are now, a row for each of their states. */
final class MessageTable {
    static final Table DEFINITION = new Table(
            "message",
            "channel text, epoch text, bucket bigint, seq bigint, version bigint, sender text, client_id text, ts bigint,"
                    + " data blob, reply_to bigint, edited bigint, deleted boolean, mentions text, kafka_partition int,"
                    + " kafka_offset bigint, primary key ((channel, epoch, bucket), seq, version))"
                    + " with clustering order by (seq desc, version desc");

    private static final String INSERT =
            "insert into $.message (channel, epoch, bucket, seq, version, sender, client_id, ts, data, reply_to, edited, deleted,"
                    + " mentions, kafka_partition, kafka_offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE_OLDER = "delete from $.message using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version < ?";
    private static final String REMOVE =
            "delete from $.message using timestamp ? where channel = ? and epoch = ? and bucket = ? and seq = ?";
    private static final String REMOVE_DATA = "delete data, mentions from $.message using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version = ?";
    private static final String STATE =
            "select sender, client_id, ts, reply_to, edited, deleted, kafka_partition, kafka_offset from $.message"
                    + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version <= ? limit 1";
    private static final String MENTIONS = "select mentions from $.message"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version <= ? limit 1";
    private static final String MESSAGE =
            "select seq, sender, client_id, ts, data, reply_to, edited, deleted, mentions from $.message"
                    + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version <= ? limit 1";
    private static final String PAGE =
            "select seq, version, sender, client_id, ts, data, reply_to, edited, deleted, mentions from $.message"
                    + " where channel = ? and epoch = ? and bucket = ? and seq > ? and seq <= ?";
    private static final String PAGE_ASCENDING = PAGE + " order by seq asc";
    private static final String RANGE = "select seq, version, sender, client_id, ts, mentions from $.message"
            + " where channel = ? and epoch = ? and bucket = ? and seq >= ? and seq <= ?";

    private final Cql cql;
    private final BucketRows rows;

    MessageTable(Cql cql) {
        this.cql = cql;
        this.rows = new BucketRows(cql);
    }

    /** A state of a message. Reads of less than whole messages lack some of the columns. */
    record Stored(Row row) implements Versioned {
        long seq() {
            return row.getLong("seq");
        }

        UserId sender() {
            return new UserId(Columns.text(row, "sender"));
        }

        ClientMessageId id() {
            return new ClientMessageId(Columns.text(row, "client_id"));
        }

        long ts() {
            return row.getLong("ts");
        }

        @Nullable
        List<UserId> mentions() {
            String stored = row.getString("mentions");
            return stored == null ? null : Columns.users(stored);
        }

        ServerFrame.Message message(ChannelName channel, @Nullable Reactors reactions) {
            boolean deleted = row.getBoolean("deleted");
            return new ServerFrame.Message(
                    channel,
                    seq(),
                    id(),
                    sender(),
                    ts(),
                    Columns.json(Columns.bytes(row, "data")),
                    Columns.nullableLong(row, "reply_to"),
                    deleted ? null : Columns.nullableLong(row, "edited"),
                    deleted ? true : null,
                    deleted || reactions == null ? null : reactions.byEmoji(),
                    deleted ? null : mentions());
        }

        private MessageState state() {
            return new MessageState(
                    sender(),
                    id(),
                    ts(),
                    null,
                    Columns.nullableLong(row, "reply_to"),
                    Columns.nullableLong(row, "edited"),
                    row.getBoolean("deleted"),
                    Columns.position(row));
        }
    }

    Write insert(ChannelRow channel, long seq, MessageState message) {
        long bucket = rows.bucketOf(seq);
        byte[] data = message.data();
        return new Write(
                Partition.ofBucket(channel, bucket),
                cql.bind(
                        INSERT,
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        seq,
                        channel.version(),
                        message.sender().value(),
                        message.id().value(),
                        message.ts(),
                        Columns.blob(data),
                        message.replyTo(),
                        message.edited(),
                        message.deleted(),
                        Columns.stored(message.mentions()),
                        message.position().partition(),
                        message.position().offset(),
                        Version.timestamp(channel.version())),
                data == null ? 0 : data.length);
    }

    /** Removes the states before the one of the channel's row. */
    Write removeOlder(ChannelRow channel, long seq) {
        long bucket = rows.bucketOf(seq);
        long version = channel.version();
        return new Write(
                Partition.ofBucket(channel, bucket),
                cql.bind(
                        REMOVE_OLDER,
                        Version.timestamp(version),
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        seq,
                        version));
    }

    /** Removes a message with all its states. */
    Write remove(BucketRange range, long seq) {
        ChannelRow channel = range.channel();
        return new Write(
                range.partition(),
                cql.bind(REMOVE, range.timestamp(), channel.name(), channel.epoch(), range.bucket(), seq));
    }

    /** Leaves of a state only what identifies it. */
    Write removeData(BucketRange range, Stored message) {
        ChannelRow channel = range.channel();
        return new Write(
                range.partition(),
                cql.bind(
                        REMOVE_DATA,
                        range.timestamp(),
                        channel.name(),
                        channel.epoch(),
                        range.bucket(),
                        message.seq(),
                        message.version()));
    }

    /**
     * Starts to read the state that counts. A seq that is no message's has no row. One beyond the
     * head may have a row that a crash left, which no version covers.
     */
    Pending<MessageState> startState(ChannelRow channel, long seq) {
        return cql.start(
                cql.bind(STATE, channel.name(), channel.epoch(), rows.bucketOf(seq), seq, channel.version()),
                row -> new Stored(row).state());
    }

    /** Starts to read a message as it is now. As {@link #startState}, with its data. */
    Pending<Stored> start(ChannelRow channel, long seq) {
        return cql.start(
                cql.bind(MESSAGE, channel.name(), channel.epoch(), rows.bucketOf(seq), seq, channel.version()),
                Stored::new);
    }

    /**
     * Starts to read whom the newest state up to a version mentions; nothing if there is no state.
     */
    Pending<List<UserId>> startMentions(ChannelRow channel, long seq, long version) {
        return cql.start(cql.bind(MENTIONS, channel.name(), channel.epoch(), rows.bucketOf(seq), seq, version), row -> {
            List<UserId> mentions = new Stored(row).mentions();
            return mentions == null ? List.of() : mentions;
        });
    }

    /** All states of the first messages of a bucket after a seq, and perhaps of one more. */
    List<Stored> after(ChannelRow channel, long bucket, long seq, long last, int limit) {
        return page(PAGE_ASCENDING, channel, bucket, seq, last, limit);
    }

    /**
     * All states of the newest messages of a bucket up to a seq, and perhaps of one more, newest
     * first.
     */
    List<Stored> upTo(ChannelRow channel, long bucket, long last, int limit) {
        return page(PAGE, channel, bucket, 0, last, limit);
    }

    private List<Stored> page(String statement, ChannelRow channel, long bucket, long after, long last, int limit) {
        return cql.read(
                cql.bind(statement, channel.name(), channel.epoch(), bucket, after, last),
                Math.min(limit + limit / 4 + 1, Cql.PAGE_ROWS),
                Stored::new,
                moreThan(limit));
    }

    /**
     * True at the first row of one message too many: all states of those before have been read
     * then.
     */
    private static Predicate<Stored> moreThan(int limit) {
        long[] last = {-1};
        int[] seen = {0};
        return message -> {
            if (message.seq() != last[0]) {
                last[0] = message.seq();
                seen[0]++;
            }
            return seen[0] > limit;
        };
    }

    /** All states, without data. */
    List<Stored> inRange(BucketRange range) {
        return cql.read(rows.in(RANGE, range), Stored::new);
    }

    /**
     * States without data, oldest first: up to {@code limit}, or the first of {@code time} or
     * later.
     */
    List<Stored> oldest(BucketRange range, long time, int limit) {
        return cql.read(
                rows.in(RANGE + " order by seq asc limit " + limit, range),
                Cql.PAGE_ROWS,
                Stored::new,
                message -> message.ts() >= time);
    }
}
