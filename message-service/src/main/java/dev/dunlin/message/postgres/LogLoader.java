package dev.dunlin.message.postgres;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Loads the state of one batch. Each kind of key goes to the server as arrays, one an attribute. */
final class LogLoader {
    private final Connection connection;
    private final Touched touched;

    LogLoader(Connection connection, Touched touched) {
        this.connection = connection;
        this.touched = touched;
    }

    /** Puts one row under its key. */
    private interface Entry<K, V> {
        void put(ResultSet row, Map<K, V> into) throws SQLException;
    }

    LogState load() throws SQLException {
        Map<ChannelName, ChannelState> channels = channels();
        return new LogState(channels, members(), marks(), messages(), reactions(), replayed(channels));
    }

    private Map<ChannelName, ChannelState> channels() throws SQLException {
        return select(
                "select " + Rows.CHANNEL_COLUMNS + " from channel c where c.name = any(?)",
                touched.channels(),
                statement -> statement.setArray(1, texts(touched.channels(), ChannelName::value)),
                (row, into) -> {
                    ChannelState channel = Rows.channel(row);
                    into.put(channel.name(), channel);
                });
    }

    private Map<Keys.OfUser, MemberState> members() throws SQLException {
        return select(
                "select m.* from unnest(?, ?) as k(channel, user_id) join member m using (channel, user_id)",
                touched.users(),
                statement -> bindUsers(statement, touched.users()),
                (row, into) -> into.put(
                        userKey(row),
                        new MemberState(Rows.role(row.getString("role")), row.getLong("since"), Rows.position(row))));
    }

    private Map<Keys.OfUser, MarkState> marks() throws SQLException {
        return select(
                "select m.* from unnest(?, ?) as k(channel, user_id) join mark m using (channel, user_id)",
                touched.marks(),
                statement -> bindUsers(statement, touched.marks()),
                (row, into) -> into.put(
                        userKey(row),
                        new MarkState(row.getLong("read_seq"), row.getLong("received_seq"), Rows.position(row))));
    }

    private Map<Keys.OfSeq, MessageState> messages() throws SQLException {
        String columns =
                "m.channel, m.seq, m.sender, m.client_id, m.ts, m.reply_to, m.edited, m.deleted, m.kafka_partition, m.kafka_offset";
        Map<Keys.OfSeq, MessageState> messages = select(
                "select " + columns + " from unnest(?, ?) as k(channel, seq) join message m using (channel, seq)",
                touched.messages(),
                statement -> {
                    statement.setArray(
                            1, texts(touched.messages(), key -> key.channel().value()));
                    statement.setArray(2, numbers(touched.messages(), Keys.OfSeq::seq));
                },
                LogLoader::putMessage);
        messages.putAll(select(
                "select " + columns + " from unnest(?, ?, ?) as k(channel, sender, client_id)"
                        + " join message m using (channel, sender, client_id)",
                touched.clientIds(),
                statement -> {
                    statement.setArray(
                            1, texts(touched.clientIds(), key -> key.channel().value()));
                    statement.setArray(
                            2, texts(touched.clientIds(), key -> key.sender().value()));
                    statement.setArray(
                            3, texts(touched.clientIds(), key -> key.id().value()));
                },
                LogLoader::putMessage));
        return messages;
    }

    private Map<Keys.OfReaction, ReactionState> reactions() throws SQLException {
        return select(
                "select r.* from unnest(?, ?, ?, ?) as k(channel, target, user_id, emoji)"
                        + " join reaction r using (channel, target, user_id, emoji)",
                touched.reactions(),
                statement -> {
                    statement.setArray(
                            1, texts(touched.reactions(), key -> key.channel().value()));
                    statement.setArray(2, numbers(touched.reactions(), Keys.OfReaction::target));
                    statement.setArray(
                            3, texts(touched.reactions(), key -> key.user().value()));
                    statement.setArray(
                            4, texts(touched.reactions(), key -> key.emoji().value()));
                },
                (row, into) -> into.put(
                        new Keys.OfReaction(
                                new ChannelName(row.getString("channel")),
                                row.getLong("target"),
                                new UserId(row.getString("user_id")),
                                new Emoji(row.getString("emoji"))),
                        new ReactionState(row.getLong("seq"), row.getLong("ts"), Rows.position(row))));
    }

    /** The events of records that were applied before. There are none unless a batch is seen again. */
    private Map<Keys.OfRecord, LoggedEvent> replayed(Map<ChannelName, ChannelState> channels) throws SQLException {
        List<Keys.OfRecord> again = touched.records().stream()
                .filter(record -> {
                    ChannelState channel = channels.get(record.channel());
                    return channel != null && channel.applied().covers(record.position());
                })
                .toList();
        return select(
                "select e.* from unnest(?, ?, ?) as k(channel, kafka_partition, kafka_offset)"
                        + " join event e using (channel, kafka_partition, kafka_offset)",
                again,
                statement -> {
                    statement.setArray(
                            1, texts(again, record -> record.channel().value()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "integer",
                                    again.stream()
                                            .map(record -> record.position().partition())
                                            .toArray()));
                    statement.setArray(
                            3, numbers(again, record -> record.position().offset()));
                },
                (row, into) -> {
                    byte[] frame = row.getBytes("frame");
                    into.put(
                            new Keys.OfRecord(new ChannelName(row.getString("channel")), Rows.position(row)),
                            new LoggedEvent(Rows.event(frame), frame, Rows.position(row)));
                });
    }

    private static void putMessage(ResultSet row, Map<Keys.OfSeq, MessageState> into) throws SQLException {
        into.put(
                new Keys.OfSeq(new ChannelName(row.getString("channel")), row.getLong("seq")),
                new MessageState(
                        new UserId(row.getString("sender")),
                        new ClientMessageId(row.getString("client_id")),
                        row.getLong("ts"),
                        null,
                        Rows.nullableLong(row, "reply_to"),
                        Rows.nullableLong(row, "edited"),
                        row.getBoolean("deleted"),
                        Rows.position(row)));
    }

    private static Keys.OfUser userKey(ResultSet row) throws SQLException {
        return new Keys.OfUser(new ChannelName(row.getString("channel")), new UserId(row.getString("user_id")));
    }

    private void bindUsers(PreparedStatement statement, Collection<Keys.OfUser> users) throws SQLException {
        statement.setArray(1, texts(users, key -> key.channel().value()));
        statement.setArray(2, texts(users, key -> key.user().value()));
    }

    private <T, K, V> Map<K, V> select(String sql, Collection<T> keys, Sql.Binder binder, Entry<K, V> entry)
            throws SQLException {
        Map<K, V> result = new HashMap<>();
        if (!keys.isEmpty()) {
            Sql.query(connection, sql, binder, row -> {
                entry.put(row, result);
                return true;
            });
        }
        return result;
    }

    private <T> Array texts(Collection<T> keys, Function<T, String> attribute) throws SQLException {
        return connection.createArrayOf("text", keys.stream().map(attribute).toArray());
    }

    private <T> Array numbers(Collection<T> keys, Function<T, Long> attribute) throws SQLException {
        return connection.createArrayOf("bigint", keys.stream().map(attribute).toArray());
    }
}
