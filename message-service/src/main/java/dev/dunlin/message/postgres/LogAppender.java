package dev.dunlin.message.postgres;

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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a batch changed: each kind of row in one statement over arrays, all in one round trip
 * and one transaction. The row of a channel is changed only if it is still as it was loaded; else
 * {@code log_fence} raises {@link #STALE}. That keeps a process that has lost its partition from
 * writing.
 */
final class LogAppender {
    /** The SQLSTATE that {@code log_fence} raises. */
    static final String STALE = "DN001";

    private final Script script;
    private final LogState state;

    LogAppender(Connection connection, LogState state) {
        this.script = new Script(connection);
        this.state = state;
    }

    /** The connection must be in autocommit mode. */
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
        script.execute();
    }

    private void updateChannels() {
        script.add(
                "with k as (select * from {rows}"
                        + " as k(name, title, head, archived, active, applied_partition, applied_offset, expected_partition, expected_offset,"
                        + " life, epoch, created, origin_partition, origin_offset)),"
                        + " put as (update channel c set title = k.title, head = k.head, archived = k.archived, active = k.active,"
                        + " applied_partition = k.applied_partition, applied_offset = k.applied_offset, life = k.life, epoch = k.epoch,"
                        + " created = k.created, origin_partition = k.origin_partition, origin_offset = k.origin_offset,"
                        // one that was deleted and is created again begins anew
                        + " first = case when c.epoch = k.epoch then c.first else 1 end from k where c.name = k.name"
                        + " and c.applied_partition = k.expected_partition and c.applied_offset = k.expected_offset returning 1)"
                        + " select log_fence((select count(*) from k), (select count(*) from put))",
                changedChannels(true),
                Column.text(channel -> channel.name().value()),
                Column.text(ChannelState::title),
                Column.number(ChannelState::head),
                Column.flag(ChannelState::archived),
                Column.number(ChannelState::active),
                partition(ChannelState::applied),
                offset(ChannelState::applied),
                partition(this::expected),
                offset(this::expected),
                Column.text(channel -> Rows.stored(channel.life())),
                Column.text(channel -> channel.epoch().value()),
                Column.number(ChannelState::created),
                partition(ChannelState::origin),
                offset(ChannelState::origin));
    }

    private void insertChannels() {
        script.add(
                "with k as (select * from {rows} as k(name, epoch, title, head, archived, created, active,"
                        + " origin_partition, origin_offset, applied_partition, applied_offset)),"
                        + " put as (insert into channel (name, epoch, title, head, archived, created, active, origin_partition, origin_offset,"
                        + " applied_partition, applied_offset) select * from k on conflict (name) do nothing returning 1)"
                        + " select log_fence((select count(*) from k), (select count(*) from put))",
                changedChannels(false),
                Column.text(channel -> channel.name().value()),
                Column.text(channel -> channel.epoch().value()),
                Column.text(ChannelState::title),
                Column.number(ChannelState::head),
                Column.flag(ChannelState::archived),
                Column.number(ChannelState::created),
                Column.number(ChannelState::active),
                partition(ChannelState::origin),
                offset(ChannelState::origin),
                partition(ChannelState::applied),
                offset(ChannelState::applied));
    }

    private void insertEvents() {
        script.add(
                "insert into event (channel, seq, frame, kafka_partition, kafka_offset, ts, author, target)"
                        + " select * from {rows} as k",
                state.appended(),
                Column.text(logged -> logged.event().channel().value()),
                Column.number(logged -> logged.event().seq()),
                Column.bytes(LoggedEvent::frame),
                partition(LoggedEvent::position),
                offset(LoggedEvent::position),
                Column.number(logged -> logged.event().ts()),
                Column.text(logged -> logged.event().by().value()),
                Column.nullableNumber(logged -> logged.event() instanceof Edited edited ? edited.target() : null));
    }

    private void putMessages() {
        script.add(
                "insert into message (channel, seq, sender, client_id, ts, data, reply_to, edited, deleted, kafka_partition, kafka_offset,"
                        + " mentions, search) select channel, seq, sender, client_id, ts, data, reply_to, edited, deleted, kafka_partition, kafka_offset,"
                        + " string_to_array(mentions, ','), words::tsvector from {rows}"
                        + " as k(channel, seq, sender, client_id, ts, data, reply_to, edited, deleted, kafka_partition, kafka_offset, mentions, words)"
                        + " on conflict (channel, seq) do update"
                        + " set data = excluded.data, edited = excluded.edited, deleted = excluded.deleted,"
                        + " mentions = excluded.mentions, search = excluded.search",
                put(state.messages()),
                Column.text(row -> row.getKey().channel().value()),
                Column.number(row -> row.getKey().seq()),
                Column.text(row -> row.getValue().sender().value()),
                Column.text(row -> row.getValue().id().value()),
                Column.number(row -> row.getValue().ts()),
                Column.bytes(row -> row.getValue().data()),
                Column.nullableNumber(row -> row.getValue().replyTo()),
                Column.nullableNumber(row -> row.getValue().edited()),
                Column.flag(row -> row.getValue().deleted()),
                partition(row -> row.getValue().position()),
                offset(row -> row.getValue().position()),
                Column.text(row -> joined(row.getValue().mentions())),
                Column.text((Map.Entry<Keys.OfSeq, MessageState> row) ->
                        SearchVector.of(row.getKey().channel(), row.getValue().words())));
    }

    /** No user's id has a comma. */
    private static @Nullable String joined(List<UserId> users) {
        return users.isEmpty() ? null : users.stream().map(UserId::value).collect(Collectors.joining(","));
    }

    private void putMentions() {
        script.add(
                "delete from mention n using {rows} as k(channel, seq) where n.channel = k.channel and n.seq = k.seq",
                state.messages().changes().keySet().stream()
                        .filter(key -> state.messages().before(key).isPresent())
                        .toList(),
                Column.text(key -> key.channel().value()),
                Column.number(Keys.OfSeq::seq));
        script.add(
                "insert into mention (channel, seq, user_id, sender) select * from {rows} as k",
                put(state.messages()).stream().flatMap(LogAppender::mentions).toList(),
                Column.text(mention -> mention.message().channel().value()),
                Column.number(mention -> mention.message().seq()),
                Column.text(mention -> mention.user().value()),
                Column.text((Mention mention) -> mention.sender().value()));
    }

    private record Mention(Keys.OfSeq message, UserId user, UserId sender) {}

    /** The sender does not count as mentioned. */
    private static Stream<Mention> mentions(Map.Entry<Keys.OfSeq, MessageState> row) {
        return row.getValue().mentions().stream()
                .filter(user -> !user.equals(row.getValue().sender()))
                .map(user -> new Mention(row.getKey(), user, row.getValue().sender()));
    }

    /**
     * A deleted message leaves no data in the raw log either: not in its own event, and not in
     * those of its edits.
     */
    private void redact() {
        List<Keys.OfSeq> deleted = put(state.messages()).stream()
                .filter(row -> row.getValue().deleted())
                .map(Map.Entry::getKey)
                .toList();
        script.add(
                "update event e set frame = convert_to((jsonb_build_object('type', 'message', 'channel', m.channel, 'seq', m.seq, 'id', m.client_id,"
                        + " 'from', m.sender, 'ts', m.ts, 'data', null, 'deleted', true)"
                        + " || case when m.reply_to is null then '{}' else jsonb_build_object('replyTo', m.reply_to) end)::text, 'UTF8')"
                        + " from {rows} as k(channel, seq) join message m on m.channel = k.channel and m.seq = k.seq"
                        + " where e.channel = k.channel and e.seq = k.seq",
                deleted,
                Column.text(key -> key.channel().value()),
                Column.number(Keys.OfSeq::seq));
        script.add(
                "update event e set frame = convert_to(jsonb_build_object('type', 'edited', 'channel', e.channel, 'seq', e.seq, 'target', e.target,"
                        + " 'from', e.author, 'ts', e.ts, 'data', null, 'deleted', true)::text, 'UTF8')"
                        + " from {rows} as k(channel, seq) where e.channel = k.channel and e.target = k.seq",
                deleted,
                Column.text(key -> key.channel().value()),
                Column.number(Keys.OfSeq::seq));
    }

    private void putMembers() {
        script.add(
                "delete from member m using {rows} as k(channel, user_id) where m.channel = k.channel and m.user_id = k.user_id",
                removed(state.members()),
                Column.text(key -> key.channel().value()),
                Column.text(key -> key.user().value()));
        script.add(
                "insert into member (channel, user_id, role, since, joined, blocks, kafka_partition, kafka_offset)"
                        + " select * from {rows} as k"
                        + " on conflict (channel, user_id) do update set role = excluded.role, since = excluded.since,"
                        + " joined = excluded.joined, blocks = excluded.blocks,"
                        + " kafka_partition = excluded.kafka_partition, kafka_offset = excluded.kafka_offset",
                put(state.members()),
                Column.text(row -> row.getKey().channel().value()),
                Column.text(row -> row.getKey().user().value()),
                Column.text(row -> Rows.stored(row.getValue().role())),
                Column.number(row -> row.getValue().since()),
                Column.number(row -> row.getValue().joined()),
                Column.flag(row -> row.getValue().blocks()),
                partition(row -> row.getValue().position()),
                offset((Map.Entry<Keys.OfUser, MemberState> row) ->
                        row.getValue().position()));
    }

    private void putMarks() {
        script.add(
                "delete from mark m using {rows} as k(channel, user_id) where m.channel = k.channel and m.user_id = k.user_id",
                removed(state.marks()),
                Column.text(key -> key.channel().value()),
                Column.text(key -> key.user().value()));
        script.add(
                "insert into mark (channel, user_id, read_seq, received_seq, kafka_partition, kafka_offset) select * from {rows} as k"
                        + " on conflict (channel, user_id) do update set read_seq = greatest(mark.read_seq, excluded.read_seq),"
                        + " received_seq = greatest(mark.received_seq, excluded.received_seq),"
                        + " kafka_partition = excluded.kafka_partition, kafka_offset = excluded.kafka_offset",
                put(state.marks()),
                Column.text(row -> row.getKey().channel().value()),
                Column.text(row -> row.getKey().user().value()),
                Column.number(row -> row.getValue().read()),
                Column.number(row -> row.getValue().received()),
                partition(row -> row.getValue().position()),
                offset((Map.Entry<Keys.OfUser, MarkState> row) -> row.getValue().position()));
    }

    private void putReactions() {
        script.add(
                "delete from reaction r using {rows} as k(channel, target, user_id, emoji)"
                        + " where r.channel = k.channel and r.target = k.target and r.user_id = k.user_id"
                        + " and replace(r.emoji, chr(65039), '') = k.emoji", // rows of before may
                // have U+FE0F
                removed(state.reactions()),
                Column.text(key -> key.channel().value()),
                Column.number(Keys.OfReaction::target),
                Column.text(key -> key.user().value()),
                Column.text(key -> key.emoji().value()));
        script.add(
                "insert into reaction (channel, target, user_id, emoji, seq, ts, kafka_partition, kafka_offset)"
                        + " select * from {rows} as k"
                        + " on conflict (channel, target, emoji, user_id) do update set seq = excluded.seq, ts = excluded.ts,"
                        + " kafka_partition = excluded.kafka_partition, kafka_offset = excluded.kafka_offset",
                put(state.reactions()),
                Column.text(row -> row.getKey().channel().value()),
                Column.number(row -> row.getKey().target()),
                Column.text(row -> row.getKey().user().value()),
                Column.text(row -> row.getKey().emoji().value()),
                Column.number(row -> row.getValue().seq()),
                Column.number(row -> row.getValue().ts()),
                partition(row -> row.getValue().position()),
                offset((Map.Entry<Keys.OfReaction, ReactionState> row) ->
                        row.getValue().position()));
    }

    private List<ChannelState> changedChannels(boolean existing) {
        return state.channels().changes().values().stream()
                .flatMap(Optional::stream)
                .filter(channel -> before(channel.name()).isPresent() == existing)
                .toList();
    }

    private LogPosition expected(ChannelState channel) {
        return before(channel.name()).orElseThrow().applied();
    }

    private Optional<ChannelState> before(ChannelName name) {
        return state.channels().before(name);
    }

    private static <K, V> List<Map.Entry<K, V>> put(Layer<K, V> layer) {
        List<Map.Entry<K, V>> rows = new ArrayList<>();
        layer.changes().forEach((key, change) -> change.ifPresent(value -> rows.add(Map.entry(key, value))));
        return rows;
    }

    private static <K, V> Collection<K> removed(Layer<K, V> layer) {
        return layer.changes().entrySet().stream()
                .filter(change -> change.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static <T> Column<T> partition(Function<T, LogPosition> position) {
        return Column.integer(row -> position.apply(row).partition());
    }

    private static <T> Column<T> offset(Function<T, LogPosition> position) {
        return Column.number(row -> position.apply(row).offset());
    }
}
