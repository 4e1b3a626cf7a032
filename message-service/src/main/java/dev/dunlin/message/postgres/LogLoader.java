package dev.dunlin.message.postgres;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Loads the state of one batch in one statement: one round trip and one snapshot, so that no
 * channel is seen partly before and partly after an append of another process. Each kind of row is
 * a part of a union, with its columns in the same places; parts without keys are left out.
 * {@code offset 0} keeps the planner from joining whole tables, since it would keep a plan made
 * while they were small.
 */
final class LogLoader {
    private static final int CHANNEL = 1;
    private static final int MEMBER = 2;
    private static final int MARK = 3;
    private static final int MESSAGE = 4;
    private static final int REACTION = 5;
    private static final int EVENT = 6;

    // The columns of the union after the kind: the channel, texts, numbers, the record, a flag,
    // bytes.
    private static final int NAME = 2;
    private static final int T1 = 3;
    private static final int T2 = 4;
    private static final int N1 = 5;
    private static final int N2 = 6;
    private static final int N3 = 7;
    private static final int N4 = 8;
    private static final int N5 = 9;
    private static final int PARTITION = 10;
    private static final int OFFSET = 11;
    private static final int FLAG = 12;
    private static final int BYTES = 13;
    private static final int T3 = 14;

    private final Connection connection;
    private final Touched touched;
    private final Map<ChannelName, ChannelState> channels = new HashMap<>();
    private final Map<Keys.OfUser, MemberState> members = new HashMap<>();
    private final Map<Keys.OfUser, MarkState> marks = new HashMap<>();
    private final Map<Keys.OfSeq, MessageState> messages = new HashMap<>();
    private final Map<Keys.OfReaction, ReactionState> reactions = new HashMap<>();
    private final Map<Keys.OfRecord, LoggedEvent> logged = new HashMap<>();

    LogLoader(Connection connection, Touched touched) {
        this.connection = connection;
        this.touched = touched;
    }

    LogState load() throws SQLException {
        Script script = new Script(connection);
        addChannels(script);
        addUsers(script, "member", MEMBER, "x.role, x.since, x.joined", "x.blocks", touched.users());
        addOwners(script);
        addUsers(script, "mark", MARK, "null::text, x.read_seq, x.received_seq", "null::boolean", touched.marks());
        addMessages(script);
        addReactions(script);
        addReplayed(script);
        if (!script.isEmpty()) {
            script.query(" union all ", this::put);
        }
        return new LogState(channels, members, marks, messages, reactions, logged);
    }

    private void addChannels(Script script) {
        Collection<ChannelName> keys = touched.channels();
        script.add(
                "select " + CHANNEL
                        + " as kind, x.name as channel, x.epoch as t1, x.title as t2, x.head as n1,"
                        + " x.created as n2, x.active as n3, x.origin_partition::bigint as n4, x.origin_offset as n5,"
                        + " x.applied_partition as partition, x.applied_offset as at, x.archived as flag, null::bytea as bytes, x.life as t3"
                        + " from {rows} as k(name) cross join lateral (select * from channel c where c.name = k.name offset 0) x",
                keys,
                Column.text(ChannelName::value));
    }

    private void addUsers(
            Script script, String table, int kind, String columns, String flag, Collection<Keys.OfUser> keys) {
        script.add(
                "select " + kind + ", x.channel, x.user_id, " + columns
                        + ", null::bigint, null::bigint, null::bigint, x.kafka_partition, x.kafka_offset, "
                        + flag
                        + ", null::bytea, null::text"
                        + " from {rows} as k(channel, user_id) cross join lateral (select * from "
                        + table
                        + " t where t.channel = k.channel and t.user_id = k.user_id offset 0) x",
                keys,
                Column.text(key -> key.channel().value()),
                Column.text(key -> key.user().value()));
    }

    private void addOwners(Script script) {
        script.add(
                "select " + MEMBER + ", x.channel, x.user_id, x.role, x.since, x.joined,"
                        + " null::bigint, null::bigint, null::bigint, x.kafka_partition, x.kafka_offset, x.blocks, null::bytea, null::text"
                        + " from {rows} as k(channel) cross join lateral (select * from member m"
                        + " where m.channel = k.channel and m.role = 'owner' offset 0) x",
                touched.owners(),
                Column.text(ChannelName::value));
    }

    private void addMessages(Script script) {
        String columns = "select " + MESSAGE
                + ", x.channel, x.sender, x.client_id, x.seq, x.ts, x.reply_to, x.edited, null::bigint,"
                + " x.kafka_partition, x.kafka_offset, x.deleted, null::bytea, null::text from ";
        script.add(
                columns + "{rows} as k(channel, seq) cross join lateral"
                        + " (select * from message m where m.channel = k.channel and m.seq = k.seq offset 0) x",
                touched.messages(),
                Column.text(key -> key.channel().value()),
                Column.number(Keys.OfSeq::seq));
        script.add(
                columns
                        + "{rows} as k(channel, sender, client_id) cross join lateral (select * from message m"
                        + " where m.channel = k.channel and m.sender = k.sender and m.client_id = k.client_id offset 0) x",
                touched.clientIds(),
                Column.text(key -> key.channel().value()),
                Column.text(key -> key.sender().value()),
                Column.text(key -> key.id().value()));
    }

    private void addReactions(Script script) {
        script.add(
                "select " + REACTION
                        + ", x.channel, x.user_id, x.emoji, x.target, x.seq, x.ts, null::bigint, null::bigint,"
                        + " x.kafka_partition, x.kafka_offset, null::boolean, null::bytea, null::text"
                        + " from {rows} as k(channel, target, user_id) cross join lateral (select * from reaction r"
                        + " where r.channel = k.channel and r.target = k.target and r.user_id = k.user_id offset 0) x",
                touched.reactors(),
                Column.text(key -> key.channel().value()),
                Column.number(Keys.OfReactor::target),
                Column.text(key -> key.user().value()));
    }

    /**
     * The events of records that were applied before; there are none unless records are seen again.
     * A channel's records of one poll are a range of offsets.
     */
    private void addReplayed(Script script) {
        script.add(
                "select " + EVENT
                        + ", x.channel, null::text, null::text, x.seq, null::bigint, null::bigint, null::bigint,"
                        + " null::bigint, x.kafka_partition, x.kafka_offset, null::boolean, x.frame, null::text"
                        + " from {rows} as k(channel, partition, first, last) cross join lateral (select e.* from channel c"
                        + " join event e on e.channel = c.name and e.kafka_partition = k.partition"
                        + " and e.kafka_offset between k.first and least(k.last, c.applied_offset)"
                        + " where c.name = k.channel and c.applied_partition = k.partition and c.applied_offset >= k.first offset 0) x",
                Range.of(touched.records()),
                Column.text(range -> range.channel.value()),
                Column.integer(range -> range.partition),
                Column.number(range -> range.first),
                Column.number(range -> range.last));
    }

    /** The offsets of a channel's records in one partition. */
    private static final class Range {
        final ChannelName channel;
        final int partition;
        final long first;
        long last;

        Range(Keys.OfRecord record) {
            this.channel = record.channel();
            this.partition = record.position().partition();
            this.first = record.position().offset();
            this.last = first;
        }

        static Collection<Range> of(Collection<Keys.OfRecord> records) {
            Map<ChannelName, Range> ranges = new HashMap<>();
            for (Keys.OfRecord record : records) {
                ranges.computeIfAbsent(record.channel(), channel -> new Range(record)).last =
                        record.position().offset();
            }
            return ranges.values();
        }
    }

    private void put(ResultSet row) throws SQLException {
        int kind = row.getInt(1);
        ChannelName channel = new ChannelName(row.getString(NAME));
        switch (kind) {
            case CHANNEL -> channels.put(channel, channel(channel, row));
            case MEMBER ->
                members.put(
                        new Keys.OfUser(channel, new UserId(row.getString(T1))),
                        new MemberState(
                                Rows.role(row.getString(T2)),
                                row.getLong(N1),
                                row.getLong(N2),
                                row.getBoolean(FLAG),
                                position(row)));
            case MARK ->
                marks.put(
                        new Keys.OfUser(channel, new UserId(row.getString(T1))),
                        new MarkState(row.getLong(N1), row.getLong(N2), position(row)));
            case MESSAGE -> messages.put(new Keys.OfSeq(channel, row.getLong(N1)), message(row));
            case REACTION ->
                reactions.put(
                        new Keys.OfReaction(
                                channel, row.getLong(N1), new UserId(row.getString(T1)), new Emoji(row.getString(T2))),
                        new ReactionState(row.getLong(N2), row.getLong(N3), position(row)));
            case EVENT -> {
                byte[] frame = row.getBytes(BYTES);
                logged.put(
                        new Keys.OfRecord(channel, position(row)),
                        new LoggedEvent(Rows.event(frame), frame, position(row)));
            }
            default -> throw new IllegalStateException("a row of unknown kind " + kind);
        }
    }

    private static ChannelState channel(ChannelName name, ResultSet row) throws SQLException {
        return new ChannelState(
                name,
                new Epoch(row.getString(T1)),
                row.getString(T2),
                row.getLong(N1),
                row.getBoolean(FLAG),
                row.getLong(N2),
                row.getLong(N3),
                new LogPosition(row.getInt(N4), row.getLong(N5)),
                position(row),
                Rows.life(row.getString(T3)));
    }

    private static MessageState message(ResultSet row) throws SQLException {
        return new MessageState(
                new UserId(row.getString(T1)),
                new ClientMessageId(row.getString(T2)),
                row.getLong(N2),
                null,
                Rows.nullableLong(row, N3),
                Rows.nullableLong(row, N4),
                row.getBoolean(FLAG),
                position(row));
    }

    private static LogPosition position(ResultSet row) throws SQLException {
        return new LogPosition(row.getInt(PARTITION), row.getLong(OFFSET));
    }
}
