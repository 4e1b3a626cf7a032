package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Table {@code event}: the log of a channel, a partition for each bucket. Its rows are written
 * once; the frame is replaced when the message is deleted.
 */
final class EventTable {
    static final Table DEFINITION = new Table(
            "event",
            "channel text, epoch text, bucket bigint, seq bigint, frame blob, version bigint, kafka_partition int,"
                    + " kafka_offset bigint, ts bigint, author text, primary key ((channel, epoch, bucket), seq))"
                    + " with clustering order by (seq desc");

    private static final String INSERT =
            "insert into $.event (channel, epoch, bucket, seq, frame, version, kafka_partition, kafka_offset, ts, author)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REDACT = "update $.event using timestamp ? set frame = ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ?";
    private static final String REMOVE = "delete from $.event using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq >= ? and seq <= ?";
    private static final String ONE = " from $.event where channel = ? and epoch = ? and bucket = ? and seq = ?";
    private static final String FRAME = "select frame" + ONE;
    private static final String TIME = "select ts" + ONE;
    private static final String POSITION = "select kafka_partition, kafka_offset" + ONE;
    private static final String NEWEST = "select seq, frame, version, kafka_partition, kafka_offset from $.event"
            + " where channel = ? and epoch = ? and bucket = ? and seq <= ?";
    private static final String AFTER =
            "select seq, frame from $.event where channel = ? and epoch = ? and bucket = ? and seq > ? and seq <= ? order by seq asc";
    private static final String TIMES = "select seq, ts from $.event"
            + " where channel = ? and epoch = ? and bucket = ? and seq >= ? and seq <= ? order by seq asc";
    private static final String AUTHORS =
            "select author from $.event where channel = ? and epoch = ? and bucket = ? and seq >= ? and seq <= ?";
    private static final int REPLAY_PAGE = 200;

    private final Cql cql;
    private final BucketRows rows;

    EventTable(Cql cql) {
        this.cql = cql;
        this.rows = new BucketRows(cql);
    }

    /** When an event happened. */
    record Time(long seq, long ts) {}

    /** An event of the log. */
    record Stored(Row row) implements Versioned {
        LoggedEvent logged() {
            byte[] frame = frameOf(row);
            return new LoggedEvent(Columns.event(frame), frame, Columns.position(row));
        }
    }

    Write insert(ChannelRow channel, LoggedEvent logged) {
        ServerFrame.LogEvent event = logged.event();
        long bucket = rows.bucketOf(event.seq());
        long version = channel.versionOf(logged.position());
        return new Write(
                Partition.ofBucket(channel, bucket),
                cql.bind(
                        INSERT,
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        event.seq(),
                        Columns.blob(logged.frame()),
                        version,
                        logged.position().partition(),
                        logged.position().offset(),
                        event.ts(),
                        event.by().value(),
                        Version.timestamp(version)),
                logged.frame().length);
    }

    /** Replaces the frame of an event by one without data. */
    Write redact(ChannelRow channel, ServerFrame.LogEvent redacted) {
        long bucket = rows.bucketOf(redacted.seq());
        byte[] frame = Json.write(redacted);
        return new Write(
                Partition.ofBucket(channel, bucket),
                cql.bind(
                        REDACT,
                        Version.timestamp(channel.version()) + 1,
                        Columns.blob(frame),
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        redacted.seq()),
                frame.length);
    }

    Write remove(BucketRange range) {
        return rows.remove(REMOVE, range);
    }

    Optional<ServerFrame.LogEvent> find(ChannelRow channel, long seq) {
        return cql.first(rows.at(FRAME, channel, seq)).map(row -> Columns.event(frameOf(row)));
    }

    /** Starts to read when an event happened, in milliseconds since 1970. */
    Pending<Long> startTime(ChannelRow channel, long seq) {
        return cql.start(rows.at(TIME, channel, seq), row -> row.getLong("ts"));
    }

    /** The position of the record that became an event. */
    Optional<LogPosition> position(ChannelRow channel, long seq) {
        return cql.first(rows.at(POSITION, channel, seq)).map(Columns::position);
    }

    /**
     * The newest events of a bucket, up to the head, down to the first that is older than a
     * version.
     */
    List<Stored> newest(ChannelRow channel, long bucket, long version) {
        return cql.read(
                cql.bind(NEWEST, channel.name(), channel.epoch(), bucket, channel.head()),
                REPLAY_PAGE,
                Stored::new,
                event -> event.version() < version);
    }

    /** At most {@code limit} events of a bucket after a seq, up to the head, oldest first. */
    List<ServerFrame.LogEvent> after(ChannelRow channel, long bucket, long seq, int limit) {
        int[] left = {limit};
        return cql.read(
                cql.bind(AFTER, channel.name(), channel.epoch(), bucket, seq, channel.head()),
                Math.min(limit, Cql.PAGE_ROWS),
                row -> Columns.event(frameOf(row)),
                event -> --left[0] == 0);
    }

    /** Events of a bucket, oldest first, up to the first that happened at {@code time} or later. */
    List<Time> upTo(BucketRange range, long time) {
        return cql.read(
                rows.in(TIMES, range),
                Cql.PAGE_ROWS,
                row -> new Time(row.getLong("seq"), row.getLong("ts")),
                event -> event.ts() >= time);
    }

    Set<UserId> authors(BucketRange range) {
        return new HashSet<>(cql.read(rows.in(AUTHORS, range), row -> new UserId(Columns.text(row, "author"))));
    }

    private static byte[] frameOf(Row row) {
        return Objects.requireNonNull(Columns.bytes(row, "frame"));
    }
}
