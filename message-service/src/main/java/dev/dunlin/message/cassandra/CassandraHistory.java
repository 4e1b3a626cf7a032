package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.history.History;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log from Cassandra: the channel's row, and then its buckets one after the other, from where the page begins. Nothing beyond the channel's head is shown. */
final class CassandraHistory implements History {
    private static final String EVENTS =
            "select seq, frame from $.event where channel = ? and epoch = ? and bucket = ? and seq > ? and seq <= ? order by seq asc";
    private static final String FIRST =
            "select seq from $.event where channel = ? and epoch = ? and bucket = ? and seq <= ? order by seq asc limit 1";
    private static final String ORIGIN = "select kafka_partition, kafka_offset from $.event"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ?";
    private static final String RECEIPTS = "select user_id, read_seq, received_seq from $.mark"
            + " where channel = ? and epoch = ? and user_id > ? limit ?";

    private final Cql cql;

    CassandraHistory(Cql cql) {
        this.cql = cql;
    }

    @Override
    public List<ServerFrame.Message> messagesAfter(ChannelName channel, long seq, int limit) {
        return ChannelRow.find(cql, channel)
                .map(row -> new MessageReader(cql, row).after(seq, limit))
                .orElse(List.of());
    }

    @Override
    public List<ServerFrame.Message> messagesBefore(ChannelName channel, long seq, int limit) {
        return ChannelRow.find(cql, channel)
                .map(row -> new MessageReader(cql, row).before(seq, limit))
                .orElse(List.of());
    }

    @Override
    public List<ServerFrame.LogEvent> events(ChannelName channel, long after, int limit) {
        Optional<ChannelRow> found = ChannelRow.find(cql, channel);
        List<ServerFrame.LogEvent> events = new ArrayList<>();
        if (found.isEmpty()) {
            return events;
        }
        ChannelRow row = found.get();
        Buckets buckets = cql.buckets();
        long last = buckets.of(row.head());
        for (long bucket = buckets.of(Math.max(after, 0) + 1); bucket <= last && events.size() < limit; bucket++) {
            int[] left = {limit - events.size()};
            cql.read(
                            cql.bind(EVENTS, row.name(), row.epoch(), bucket, after, row.head()),
                            Math.min(limit, MessageReader.MOST_ROWS),
                            one -> --left[0] == 0)
                    .forEach(one -> events.add(Columns.event(Objects.requireNonNull(Columns.bytes(one, "frame")))));
        }
        return events;
    }

    @Override
    public Optional<Long> firstEvent(ChannelName channel) {
        Optional<ChannelRow> found = ChannelRow.find(cql, channel);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ChannelRow row = found.get();
        Buckets buckets = cql.buckets();
        for (long bucket = 0; bucket <= buckets.of(row.head()); bucket++) {
            Optional<Row> first = cql.first(cql.bind(FIRST, row.name(), row.epoch(), bucket, row.head()));
            if (first.isPresent()) {
                return first.map(one -> one.getLong("seq"));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<LogPosition> origin(ChannelName channel, long seq) {
        return ChannelRow.find(cql, channel)
                .filter(row -> seq <= row.head())
                .flatMap(row -> cql.first(
                        cql.bind(ORIGIN, row.name(), row.epoch(), cql.buckets().of(seq), seq)))
                .map(Columns::position);
    }

    @Override
    public List<Receipt> receipts(ChannelName channel, @Nullable UserId after, int limit) {
        Optional<ChannelRow> row = ChannelRow.find(cql, channel);
        return row.map(found -> cql
                        .read(
                                cql.bind(
                                        RECEIPTS,
                                        found.name(),
                                        found.epoch(),
                                        after == null ? "" : after.value(),
                                        limit),
                                Math.min(limit, MessageReader.MOST_ROWS),
                                one -> false)
                        .stream()
                        .map(one -> receipt(one, found.head()))
                        .toList())
                .orElse(List.of());
    }

    /** A mark may be newer than the head that was read before it. */
    private static Receipt receipt(Row row, long head) {
        return new Receipt(
                new UserId(Columns.text(row, "user_id")),
                Math.min(row.getLong("read_seq"), head),
                Math.min(row.getLong("received_seq"), head));
    }
}
