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
    private static final String TIME =
            "select ts from $.event where channel = ? and epoch = ? and bucket = ? and seq = ?";
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
        long from = Math.max(after + 1, firstIfFarFrom(row, after, buckets));
        for (long bucket = buckets.of(from); bucket <= last && events.size() < limit; bucket++) {
            int[] left = {limit - events.size()};
            cql.read(
                            cql.bind(EVENTS, row.name(), row.epoch(), bucket, after, row.head()),
                            Math.min(limit, MessageReader.MOST_ROWS),
                            one -> --left[0] == 0)
                    .forEach(one -> events.add(Columns.event(Objects.requireNonNull(Columns.bytes(one, "frame")))));
        }
        return events;
    }

    /** By halves: seqs are dense and times do not fall along them. */
    @Override
    public Optional<Long> firstEvent(ChannelName channel, long since) {
        Optional<ChannelRow> found = ChannelRow.find(cql, channel);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ChannelRow row = found.get();
        long low = Floor.of(cql, row).first();
        long high = row.head() + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Optional<Long> ts = timeOf(row, middle);
            if (ts.isPresent() && ts.get() >= since) {
                high = middle;
            } else {
                low = middle + 1; // also if it was removed meanwhile
            }
        }
        return low <= row.head() ? Optional.of(low) : Optional.empty();
    }

    private Optional<Long> timeOf(ChannelRow row, long seq) {
        return cql.first(cql.bind(TIME, row.name(), row.epoch(), cql.buckets().of(seq), seq))
                .map(one -> one.getLong("ts"));
    }

    /** The oldest seq where the page may begin. Only who asks for more than a bucket may have to skip what retention has removed. */
    private long firstIfFarFrom(ChannelRow row, long after, Buckets buckets) {
        return buckets.of(Math.max(after, 0) + 1) < buckets.of(row.head())
                ? Floor.of(cql, row).first()
                : 1;
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
