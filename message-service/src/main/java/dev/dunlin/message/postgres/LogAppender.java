package dev.dunlin.message.postgres;

import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.Layer;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame.Edited;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a batch changed, each kind of row as one JDBC batch. Each channel's row is changed only if it is still as it was loaded; that is what keeps a process that
 * has lost its partition from writing.
 */
final class LogAppender {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final LogState state;

    LogAppender(Connection connection, LogState state) {
        this.connection = connection;
        this.state = state;
    }

    /** Sets the parameters of one row. */
    private interface RowBinder<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    /** Must run in a transaction that is rolled back if this throws. */
    void append() throws SQLException {
        updateChannels();
        insertChannels();
        insertEvents();
        putMessages();
        putMentions();
        redact();
        putMembers();
        putMarks();
        putReactions();
    }

    private void updateChannels() throws SQLException {
        List<ChannelState> changed = changedChannels(true);
        int[] counts = batch(
                "update channel set title = ?, head = ?, archived = ?, active = ?, applied_partition = ?, applied_offset = ?, life = ?,"
                        + " epoch = ?, created = ?, origin_partition = ?, origin_offset = ?,"
                        // a channel that was deleted and is created again starts anew
                        + " first = case when epoch = ? then first else 1 end"
                        + " where name = ? and applied_partition = ? and applied_offset = ?",
                changed,
                (statement, channel) -> {
                    statement.setString(1, channel.title());
                    statement.setLong(2, channel.head());
                    statement.setBoolean(3, channel.archived());
                    statement.setLong(4, channel.active());
                    bind(statement, 5, channel.applied());
                    statement.setString(7, Rows.stored(channel.life()));
                    statement.setString(8, channel.epoch().value());
                    statement.setLong(9, channel.created());
                    bind(statement, 10, channel.origin());
                    statement.setString(12, channel.epoch().value());
                    statement.setString(13, channel.name().value());
                    bind(statement, 14, before(channel.name()).orElseThrow().applied());
                });
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 1) {
                throw stale(changed.get(i).name());
            }
        }
    }

    private void insertChannels() throws SQLException {
        List<ChannelState> created = changedChannels(false);
        try {
            batch(
                    "insert into channel (name, epoch, title, head, archived, created, active, origin_partition, origin_offset,"
                            + " applied_partition, applied_offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    created,
                    (statement, channel) -> {
                        statement.setString(1, channel.name().value());
                        statement.setString(2, channel.epoch().value());
                        statement.setString(3, channel.title());
                        statement.setLong(4, channel.head());
                        statement.setBoolean(5, channel.archived());
                        statement.setLong(6, channel.created());
                        statement.setLong(7, channel.active());
                        bind(statement, 8, channel.origin());
                        bind(statement, 10, channel.applied());
                    });
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw stale(created.getFirst().name());
            }
            throw e;
        }
    }

    private void insertEvents() throws SQLException {
        batch(
                "insert into event (channel, seq, frame, kafka_partition, kafka_offset, ts, author, target)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                state.appended(),
                (PreparedStatement statement, LoggedEvent logged) -> {
                    statement.setString(1, logged.event().channel().value());
                    statement.setLong(2, logged.event().seq());
                    statement.setBytes(3, logged.frame());
                    bind(statement, 4, logged.position());
                    statement.setLong(6, logged.event().ts());
                    statement.setString(7, logged.event().by().value());
                    statement.setObject(
                            8, logged.event() instanceof Edited edited ? edited.target() : null, Types.BIGINT);
                });
    }

    private void putMessages() throws SQLException {
        batch(
                "insert into message (channel, seq, sender, client_id, ts, data, reply_to, edited, deleted, kafka_partition, kafka_offset, mentions, search)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, message_words(?, ?))"
                        + " on conflict (channel, seq) do update"
                        + " set data = excluded.data, edited = excluded.edited, deleted = excluded.deleted,"
                        + " mentions = excluded.mentions, search = excluded.search",
                put(state.messages()),
                (PreparedStatement statement, Map.Entry<Keys.OfSeq, MessageState> row) -> {
                    MessageState message = row.getValue();
                    statement.setString(1, row.getKey().channel().value());
                    statement.setLong(2, row.getKey().seq());
                    statement.setString(3, message.sender().value());
                    statement.setString(4, message.id().value());
                    statement.setLong(5, message.ts());
                    statement.setBytes(6, message.data());
                    statement.setObject(7, message.replyTo(), Types.BIGINT);
                    statement.setObject(8, message.edited(), Types.BIGINT);
                    statement.setBoolean(9, message.deleted());
                    bind(statement, 10, message.position());
                    statement.setArray(12, texts(message.mentions()));
                    statement.setString(13, row.getKey().channel().value());
                    statement.setString(14, message.words());
                });
    }

    private void putMentions() throws SQLException {
        batch(
                "delete from mention where channel = ? and seq = ?",
                state.messages().changes().keySet().stream()
                        .filter(key -> state.messages().before(key).isPresent())
                        .toList(),
                LogAppender::bindSeq);
        batch(
                "insert into mention (channel, seq, user_id) values (?, ?, ?)",
                put(state.messages()).stream().flatMap(LogAppender::mentions).toList(),
                (PreparedStatement statement, Map.Entry<Keys.OfSeq, UserId> row) -> {
                    bindSeq(statement, row.getKey());
                    statement.setString(3, row.getValue().value());
                });
    }

    /** The sender does not count as mentioned. */
    private static Stream<Map.Entry<Keys.OfSeq, UserId>> mentions(Map.Entry<Keys.OfSeq, MessageState> row) {
        return row.getValue().mentions().stream()
                .filter(user -> !user.equals(row.getValue().sender()))
                .map(user -> Map.entry(row.getKey(), user));
    }

    /** A deleted message leaves no data in the raw log either: not in its own event, and not in those of its edits. */
    private void redact() throws SQLException {
        List<Keys.OfSeq> deleted = put(state.messages()).stream()
                .filter(row -> row.getValue().deleted())
                .map(Map.Entry::getKey)
                .toList();
        batch(
                "update event e set frame = convert_to((jsonb_build_object('type', 'message', 'channel', m.channel, 'seq', m.seq, 'id', m.client_id,"
                        + " 'from', m.sender, 'ts', m.ts, 'data', null, 'deleted', true)"
                        + " || case when m.reply_to is null then '{}' else jsonb_build_object('replyTo', m.reply_to) end)::text, 'UTF8')"
                        + " from message m where e.channel = ? and e.seq = ? and m.channel = e.channel and m.seq = e.seq",
                deleted,
                LogAppender::bindSeq);
        batch(
                "update event set frame = convert_to(jsonb_build_object('type', 'edited', 'channel', channel, 'seq', seq, 'target', target,"
                        + " 'from', author, 'ts', ts, 'data', null, 'deleted', true)::text, 'UTF8') where channel = ? and target = ?",
                deleted,
                LogAppender::bindSeq);
    }

    private void putMembers() throws SQLException {
        batch("delete from member where channel = ? and user_id = ?", removed(state.members()), LogAppender::bindUser);
        batch(
                "insert into member (channel, user_id, role, since, kafka_partition, kafka_offset) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (channel, user_id) do update set role = excluded.role, since = excluded.since,"
                        + " kafka_partition = excluded.kafka_partition, kafka_offset = excluded.kafka_offset",
                put(state.members()),
                (PreparedStatement statement, Map.Entry<Keys.OfUser, MemberState> row) -> {
                    bindUser(statement, row.getKey());
                    statement.setString(3, Rows.stored(row.getValue().role()));
                    statement.setLong(4, row.getValue().since());
                    bind(statement, 5, row.getValue().position());
                });
    }

    private void putMarks() throws SQLException {
        batch("delete from mark where channel = ? and user_id = ?", removed(state.marks()), LogAppender::bindUser);
        batch(
                "insert into mark (channel, user_id, read_seq, received_seq, kafka_partition, kafka_offset) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (channel, user_id) do update set read_seq = greatest(mark.read_seq, excluded.read_seq),"
                        + " received_seq = greatest(mark.received_seq, excluded.received_seq),"
                        + " kafka_partition = excluded.kafka_partition, kafka_offset = excluded.kafka_offset",
                put(state.marks()),
                (PreparedStatement statement, Map.Entry<Keys.OfUser, MarkState> row) -> {
                    bindUser(statement, row.getKey());
                    statement.setLong(3, row.getValue().read());
                    statement.setLong(4, row.getValue().received());
                    bind(statement, 5, row.getValue().position());
                });
    }

    private void putReactions() throws SQLException {
        batch(
                "delete from reaction where channel = ? and target = ? and user_id = ? and emoji = ?",
                removed(state.reactions()),
                LogAppender::bindReaction);
        batch(
                "insert into reaction (channel, target, user_id, emoji, seq, ts, kafka_partition, kafka_offset)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (channel, target, emoji, user_id) do update set seq = excluded.seq, ts = excluded.ts,"
                        + " kafka_partition = excluded.kafka_partition, kafka_offset = excluded.kafka_offset",
                put(state.reactions()),
                (PreparedStatement statement, Map.Entry<Keys.OfReaction, ReactionState> row) -> {
                    bindReaction(statement, row.getKey());
                    statement.setLong(5, row.getValue().seq());
                    statement.setLong(6, row.getValue().ts());
                    bind(statement, 7, row.getValue().position());
                });
    }

    private <T> int[] batch(String sql, Collection<T> rows, RowBinder<T> binder) throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T row : rows) {
                binder.bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    private List<ChannelState> changedChannels(boolean existing) {
        return state.channels().changes().values().stream()
                .flatMap(Optional::stream)
                .filter(channel -> before(channel.name()).isPresent() == existing)
                .toList();
    }

    private Optional<ChannelState> before(ChannelName name) {
        return state.channels().before(name);
    }

    private static <K, V> List<Map.Entry<K, V>> put(Layer<K, V> layer) {
        List<Map.Entry<K, V>> rows = new ArrayList<>();
        layer.changes().forEach((key, change) -> change.ifPresent(value -> rows.add(Map.entry(key, value))));
        return rows;
    }

    private static <K, V> List<K> removed(Layer<K, V> layer) {
        return layer.changes().entrySet().stream()
                .filter(change -> change.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void bind(PreparedStatement statement, int at, LogPosition position) throws SQLException {
        statement.setInt(at, position.partition());
        statement.setLong(at + 1, position.offset());
    }

    private java.sql.@Nullable Array texts(List<UserId> users) throws SQLException {
        return users.isEmpty()
                ? null
                : connection.createArrayOf(
                        "text", users.stream().map(UserId::value).toArray());
    }

    private static void bindSeq(PreparedStatement statement, Keys.OfSeq key) throws SQLException {
        statement.setString(1, key.channel().value());
        statement.setLong(2, key.seq());
    }

    private static void bindUser(PreparedStatement statement, Keys.OfUser key) throws SQLException {
        statement.setString(1, key.channel().value());
        statement.setString(2, key.user().value());
    }

    private static void bindReaction(PreparedStatement statement, Keys.OfReaction key) throws SQLException {
        statement.setString(1, key.channel().value());
        statement.setLong(2, key.target());
        statement.setString(3, key.user().value());
        statement.setString(4, key.emoji().value());
    }

    private static StaleLog stale(ChannelName channel) {
        return new StaleLog(channel + " was changed by another process");
    }
}
