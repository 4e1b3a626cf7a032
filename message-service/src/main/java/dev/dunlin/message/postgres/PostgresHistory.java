package dev.dunlin.message.postgres;

import dev.dunlin.message.history.History;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The log from PostgreSQL, by its primary keys. */
public final class PostgresHistory implements History {
    private static final Column<Place> CHANNELS =
            Column.text(place -> place.channel().value());
    private static final Column<Place> SEQS = Column.number(Place::seq);

    private final Sql sql;

    public PostgresHistory(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public List<ServerFrame.Message> messagesAfter(ChannelName channel, long seq, int limit) {
        return messages("m.seq > ? order by m.seq", channel, seq, limit);
    }

    @Override
    public List<ServerFrame.Message> messagesBefore(ChannelName channel, long seq, int limit) {
        return messages("m.seq < ? order by m.seq desc", channel, seq, limit).reversed();
    }

    @Override
    public Map<Place, ServerFrame.Message> messages(Set<Place> places) {
        Map<Place, ServerFrame.Message> found = new HashMap<>();
        var unused = sql.query(
                "select " + MessageRows.PLAIN
                        + " from unnest(?, ?) as q(channel, seq) join message m on m.channel = q.channel and m.seq = q.seq",
                statement -> {
                    CHANNELS.many().bind(statement.getConnection(), statement, 1, places);
                    SEQS.many().bind(statement.getConnection(), statement, 2, places);
                },
                row -> {
                    ServerFrame.Message message = MessageRows.readPlain(row);
                    return found.put(new Place(message.channel(), message.seq()), message);
                });
        return found;
    }

    @Override
    public List<ServerFrame.LogEvent> events(ChannelName channel, long after, int limit) {
        return sql.query(
                "select frame from event where channel = ? and seq > ? order by seq limit ?",
                statement -> {
                    statement.setString(1, channel.value());
                    statement.setLong(2, after);
                    statement.setInt(3, limit);
                },
                row -> Rows.event(row.getBytes("frame")));
    }

    /** By halves: seqs are dense and times do not fall along them. */
    @Override
    public Optional<Long> firstEvent(ChannelName channel, long since) {
        return sql
                .query(
                        "with recursive bounds(low, high) as (select c.first, c.head + 1 from channel c where c.name = ? union all"
                                + " select case when e.ts >= ? then b.low else e.seq + 1 end, case when e.ts >= ? then e.seq else b.high end"
                                + " from bounds b join event e on e.channel = ? and e.seq = (b.low + b.high) / 2 where b.low < b.high)"
                                + " select b.low from bounds b join event e on e.channel = ? and e.seq = b.low where b.low >= b.high",
                        statement -> {
                            statement.setString(1, channel.value());
                            statement.setLong(2, since);
                            statement.setLong(3, since);
                            statement.setString(4, channel.value());
                            statement.setString(5, channel.value());
                        },
                        row -> row.getLong("low"))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<LogPosition> origin(ChannelName channel, long seq) {
        return sql
                .query(
                        "select kafka_partition, kafka_offset from event where channel = ? and seq = ?",
                        statement -> {
                            statement.setString(1, channel.value());
                            statement.setLong(2, seq);
                        },
                        Rows::position)
                .stream()
                .findFirst();
    }

    @Override
    public List<Receipt> receipts(ChannelName channel, @Nullable UserId after, int limit) {
        return sql.query(
                "select user_id, read_seq, received_seq from mark where channel = ? and user_id > ? order by user_id limit ?",
                statement -> {
                    statement.setString(1, channel.value());
                    statement.setString(2, after == null ? "" : after.value());
                    statement.setInt(3, limit);
                },
                row -> new Receipt(
                        new UserId(row.getString("user_id")), row.getLong("read_seq"), row.getLong("received_seq")));
    }

    private List<ServerFrame.Message> messages(String where, ChannelName channel, long seq, int limit) {
        return sql.query(
                "select " + MessageRows.COLUMNS + " from message m where m.channel = ? and " + where + " limit ?",
                statement -> {
                    statement.setString(1, channel.value());
                    statement.setLong(2, seq);
                    statement.setInt(3, limit);
                },
                MessageRows::read);
    }
}
