package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.Life;
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
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Loads what a batch depends on: the channels' rows, then everything else as of those rows, and then the channels' rows again. If they are the same, nothing was applied
 * meanwhile, so all of it is one state. Of a channel that has no row nothing is looked for: what a crash left of it does not count. For one batch.
 */
final class StateLoader {
    private static final String MEMBER =
            "select gone, role, since, joined, blocks, kafka_partition, kafka_offset from $.member"
                    + " where channel = ? and epoch = ? and user_id = ? and version <= ? limit 1";
    /**
     * Users who were owners in any version. The server filters, so only these few rows are sent;
     * whether they still are owners is read as for every other member.
     */
    private static final String OWNERS =
            "select user_id from $.member where channel = ? and epoch = ? and role = 'owner' allow filtering";

    private static final String MARK = "select read_seq, received_seq, kafka_partition, kafka_offset from $.mark"
            + " where channel = ? and epoch = ? and user_id = ?";
    private static final String MESSAGE =
            "select sender, client_id, ts, reply_to, edited, deleted, kafka_partition, kafka_offset from $.message"
                    + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version <= ? limit 1";
    private static final String CLIENT_ID = "select seq from $.client_id"
            + " where channel = ? and epoch = ? and sender = ? and client_id = ? and seq <= ? limit 1";
    private static final String REACTION = "select gone, seq, ts, kafka_partition, kafka_offset from $.reaction"
            + " where channel = ? and epoch = ? and bucket = ? and target = ? and emoji = ? and user_id = ? and version <= ? limit 1";
    private static final String REACTIONS_OF =
            "select emoji from $.reaction_of where user_id = ? and channel = ? and epoch = ? and target = ?";
    private static final String NEWEST_EVENTS = "select seq, frame, version, kafka_partition, kafka_offset from $.event"
            + " where channel = ? and epoch = ? and bucket = ? and seq <= ?";
    private static final int REPLAY_PAGE = 200;

    private final Cql cql;
    private final Buckets buckets;
    private final Touched touched;
    private final Map<ChannelName, ChannelRow> channels;

    StateLoader(Cql cql, Touched touched) {
        this.cql = cql;
        this.buckets = cql.buckets();
        this.touched = touched;
        this.channels = ChannelRow.find(cql, touched.channels());
    }

    /** Throws {@link StaleLog} if a channel was changed meanwhile. */
    LogState load() {
        var members = start(users(), Keys.OfUser::channel, this::member);
        var marks = start(touched.marks(), Keys.OfUser::channel, this::mark);
        var reactions = start(touched.reactors(), Keys.OfReactor::channel, this::reactionsOf);
        var messages = start(touched.messages(), Keys.OfSeq::channel, this::message);
        var seqs = start(touched.clientIds(), Keys.OfClientId::channel, this::clientId);
        List<Keys.OfSeq> known = new ArrayList<>();
        finish(seqs, row -> Optional.of(row.getLong("seq")))
                .forEach((id, seq) -> known.add(new Keys.OfSeq(id.channel(), seq)));
        messages.putAll(start(known, Keys.OfSeq::channel, this::message));
        LogState state = new LogState(
                        states(),
                        finish(members, StateLoader::memberState),
                        finish(marks, StateLoader::markState),
                        finish(messages, StateLoader::messageState),
                        reactions(reactions),
                        replayed())
                .startingIn(cql.first());
        requireUnchanged();
        return state;
    }

    private Set<Keys.OfUser> users() {
        Set<Keys.OfUser> users = new LinkedHashSet<>(touched.users());
        for (ChannelName name : touched.owners()) {
            ChannelRow channel = channels.get(name);
            if (channel != null && channel.state().life() != Life.PURGED) {
                cql.read(cql.bind(OWNERS, channel.name(), channel.epoch()), MessageReader.MOST_ROWS, row -> false)
                        .forEach(row -> users.add(new Keys.OfUser(name, new UserId(Columns.text(row, "user_id")))));
            }
        }
        return users;
    }

    private Map<ChannelName, ChannelState> states() {
        Map<ChannelName, ChannelState> states = new HashMap<>();
        channels.forEach((name, row) -> states.put(name, row.state()));
        return states;
    }

    private void requireUnchanged() {
        Map<ChannelName, ChannelRow> now = ChannelRow.find(cql, touched.channels());
        for (ChannelName name : touched.channels()) {
            if (!Objects.equals(applied(now, name), applied(channels, name))) {
                throw new StaleLog(name + " was changed while it was loaded");
            }
        }
    }

    private static Optional<LogPosition> applied(Map<ChannelName, ChannelRow> rows, ChannelName name) {
        return Optional.ofNullable(rows.get(name)).map(row -> row.state().applied());
    }

    private <K> Map<K, CompletableFuture<List<Row>>> start(
            Collection<K> keys,
            Function<K, ChannelName> channelOf,
            BiFunction<ChannelRow, K, BoundStatement> statement) {
        Map<K, CompletableFuture<List<Row>>> requests = new HashMap<>();
        for (K key : keys) {
            ChannelRow channel = channels.get(channelOf.apply(key));
            if (channel != null && channel.state().life() != Life.PURGED) {
                requests.computeIfAbsent(key, one -> cql.rows(statement.apply(channel, one)));
            }
        }
        return requests;
    }

    private static <K, V> Map<K, V> finish(
            Map<K, CompletableFuture<List<Row>>> requests, Function<Row, Optional<V>> read) {
        Cql.awaitAll(requests.values());
        Map<K, V> found = new HashMap<>();
        requests.forEach((key, request) ->
                request.join().stream().findFirst().flatMap(read).ifPresent(value -> found.put(key, value)));
        return found;
    }

    private BoundStatement member(ChannelRow channel, Keys.OfUser key) {
        return cql.bind(MEMBER, channel.name(), channel.epoch(), key.user().value(), channel.version());
    }

    private BoundStatement mark(ChannelRow channel, Keys.OfUser key) {
        return cql.bind(MARK, channel.name(), channel.epoch(), key.user().value());
    }

    private BoundStatement message(ChannelRow channel, Keys.OfSeq key) {
        // A seq that is no message's has no row; one beyond the head may have one, of a crash, which no version covers.
        return cql.bind(MESSAGE, channel.name(), channel.epoch(), buckets.of(key.seq()), key.seq(), channel.version());
    }

    private BoundStatement clientId(ChannelRow channel, Keys.OfClientId key) {
        return cql.bind(
                CLIENT_ID,
                channel.name(),
                channel.epoch(),
                key.sender().value(),
                key.id().value(),
                channel.head());
    }

    /** A reaction as its row spells it. */
    private record Spelled(Keys.OfReaction key, String emoji) {
        boolean odd() {
            return !emoji.equals(key.emoji().value());
        }
    }

    private Map<Keys.OfReaction, ReactionState> reactions(Map<Keys.OfReactor, CompletableFuture<List<Row>>> requests) {
        Set<Spelled> found = new LinkedHashSet<>();
        Cql.awaitAll(requests.values());
        requests.forEach((reactor, rows) -> rows.join().stream()
                .map(row -> Columns.text(row, "emoji"))
                .map(emoji -> new Spelled(
                        new Keys.OfReaction(reactor.channel(), reactor.target(), reactor.user(), new Emoji(emoji)),
                        emoji))
                .forEach(found::add));
        Map<Keys.OfReaction, ReactionState> reactions = new HashMap<>();
        finish(start(found, spelled -> spelled.key().channel(), this::reaction), StateLoader::reactionState)
                .forEach((spelled, one) -> reactions.merge(
                        spelled.key(),
                        spelled.odd()
                                ? new ReactionState(one.seq(), one.ts(), one.position(), Set.of(spelled.emoji()))
                                : one,
                        StateLoader::both));
        return reactions;
    }

    /** Of one user who reacted in both spellings. */
    private static ReactionState both(ReactionState one, ReactionState other) {
        Set<String> spelled = new HashSet<>(one.spelled());
        spelled.addAll(other.spelled());
        ReactionState first = one.seq() < other.seq() ? one : other;
        return new ReactionState(first.seq(), first.ts(), first.position(), Set.copyOf(spelled));
    }

    private BoundStatement reactionsOf(ChannelRow channel, Keys.OfReactor key) {
        return cql.bind(REACTIONS_OF, key.user().value(), channel.name(), channel.epoch(), key.target());
    }

    private BoundStatement reaction(ChannelRow channel, Spelled spelled) {
        Keys.OfReaction key = spelled.key();
        return cql.bind(
                REACTION,
                channel.name(),
                channel.epoch(),
                buckets.of(key.target()),
                key.target(),
                spelled.emoji(),
                key.user().value(),
                channel.version());
    }

    private static Optional<MemberState> memberState(Row row) {
        return row.getBoolean("gone")
                ? Optional.empty()
                : Optional.of(new MemberState(
                        Columns.role(row),
                        row.getLong("since"),
                        row.getLong("joined"),
                        row.getBoolean("blocks"),
                        Columns.position(row)));
    }

    private static Optional<MarkState> markState(Row row) {
        return Optional.of(new MarkState(row.getLong("read_seq"), row.getLong("received_seq"), Columns.position(row)));
    }

    private static Optional<ReactionState> reactionState(Row row) {
        return row.getBoolean("gone")
                ? Optional.empty()
                : Optional.of(new ReactionState(row.getLong("seq"), row.getLong("ts"), Columns.position(row)));
    }

    private static Optional<MessageState> messageState(Row row) {
        return Optional.of(new MessageState(
                new UserId(Columns.text(row, "sender")),
                new ClientMessageId(Columns.text(row, "client_id")),
                row.getLong("ts"),
                null,
                Columns.nullableLong(row, "reply_to"),
                Columns.nullableLong(row, "edited"),
                row.getBoolean("deleted"),
                Columns.position(row)));
    }

    /**
     * The events of records that were applied before. There are none unless a batch is seen again, and then they are the channel's newest: they are found from the head down
     * to the oldest of those records.
     */
    private Map<Keys.OfRecord, LoggedEvent> replayed() {
        Map<ChannelName, Long> oldest = new HashMap<>();
        for (Keys.OfRecord record : touched.records()) {
            ChannelRow channel = channels.get(record.channel());
            if (channel != null && channel.state().applied().covers(record.position())) {
                oldest.merge(record.channel(), channel.versionOf(record.position()), Math::min);
            }
        }
        Map<Keys.OfRecord, LoggedEvent> found = new HashMap<>();
        oldest.forEach((name, version) -> replayed(Objects.requireNonNull(channels.get(name)), version, found));
        found.keySet().retainAll(touched.records());
        return found;
    }

    private void replayed(ChannelRow channel, long oldest, Map<Keys.OfRecord, LoggedEvent> into) {
        for (long bucket = buckets.of(channel.head()); bucket >= 0; bucket--) {
            List<Row> rows = cql.read(
                    cql.bind(NEWEST_EVENTS, channel.name(), channel.epoch(), bucket, channel.head()),
                    REPLAY_PAGE,
                    row -> row.getLong("version") < oldest);
            if (rows.isEmpty()) {
                return; // a log has no holes: what is older was dropped
            }
            for (Row row : rows) {
                if (row.getLong("version") < oldest) {
                    return;
                }
                byte[] frame = Objects.requireNonNull(Columns.bytes(row, "frame"));
                into.put(
                        new Keys.OfRecord(channel.state().name(), Columns.position(row)),
                        new LoggedEvent(Columns.event(frame), frame, Columns.position(row)));
            }
        }
    }
}
