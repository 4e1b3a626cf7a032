package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The rows of a batch's events and messages. A deleted message leaves no data in the raw log either: its own event and those of its edits are written again without, before the
 * channel's row, so that a crash leaves none behind.
 */
final class LogRows {
    private static final String EVENT =
            "insert into $.event (channel, epoch, bucket, seq, frame, version, kafka_partition, kafka_offset, ts, author)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String AUTHORED = "insert into $.authored (channel, epoch, author, bucket, seq)"
            + " values (?, ?, ?, ?, ?) using timestamp ?";
    private static final String AUTHORED_IN =
            "insert into $.authored_in (user_id, channel, epoch, bucket) values (?, ?, ?, ?) using timestamp ?";
    private static final String EDIT =
            "insert into $.edit (channel, epoch, bucket, target, seq) values (?, ?, ?, ?, ?) using timestamp ?";
    private static final String MESSAGE =
            "insert into $.message (channel, epoch, bucket, seq, version, sender, client_id, ts, data, reply_to, edited, deleted,"
                    + " mentions, kafka_partition, kafka_offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String CLIENT_ID = "insert into $.client_id (channel, epoch, sender, client_id, seq)"
            + " values (?, ?, ?, ?, ?) using timestamp ?";
    private static final String MENTION = "insert into $.mention (user_id, channel, epoch, seq, version, gone, sender)"
            + " values (?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REDACT = "update $.event using timestamp ? set frame = ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ?";

    private static final String MENTIONED = "select mentions from $.message"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version <= ? limit 1";
    private static final String EDITS =
            "select seq from $.edit where channel = ? and epoch = ? and bucket = ? and target = ?";
    private static final String FRAME =
            "select frame from $.event where channel = ? and epoch = ? and bucket = ? and seq = ?";
    private static final String DROP_MESSAGES = "delete from $.message using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version < ?";
    private static final String DROP_MENTIONS = "delete from $.mention using timestamp ?"
            + " where user_id = ? and channel = ? and epoch = ? and seq = ? and version < ?";

    private final Cql cql;
    private final Buckets buckets;
    private final LogState state;
    private final Function<ChannelName, ChannelRow> channels;
    private final ToLongFunction<ChannelName> coveredBefore;
    private final Writes rows;
    private final Writes replaced;
    private final Map<Keys.OfSeq, LoggedEvent> appended = new HashMap<>();
    private final Set<List<Object>> authoredIn = new HashSet<>();

    LogRows(
            Cql cql,
            LogState state,
            Function<ChannelName, ChannelRow> channels,
            ToLongFunction<ChannelName> coveredBefore,
            Writes rows,
            Writes replaced) {
        this.cql = cql;
        this.buckets = cql.buckets();
        this.state = state;
        this.channels = channels;
        this.coveredBefore = coveredBefore;
        this.rows = rows;
        this.replaced = replaced;
    }

    void event(LoggedEvent logged) {
        ServerFrame.LogEvent event = logged.event();
        ChannelRow channel = channels.apply(event.channel());
        long seq = event.seq();
        long bucket = buckets.of(seq);
        long version = channel.versionOf(logged.position());
        long timestamp = Version.timestamp(version);
        String author = event.by().value();
        appended.put(new Keys.OfSeq(event.channel(), seq), logged);
        rows.add(
                bucketOf(channel, bucket),
                cql.bind(
                        EVENT,
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        seq,
                        Columns.blob(logged.frame()),
                        version,
                        logged.position().partition(),
                        logged.position().offset(),
                        event.ts(),
                        author,
                        timestamp),
                logged.frame().length);
        rows.add(
                List.of("authored", channel.name(), author, bucket),
                cql.bind(AUTHORED, channel.name(), channel.epoch(), author, bucket, seq, timestamp),
                0);
        if (authoredIn.add(List.of(channel.name(), author, bucket))) {
            rows.add(
                    List.of("user", author),
                    cql.bind(AUTHORED_IN, author, channel.name(), channel.epoch(), bucket, timestamp),
                    0);
        }
        if (event instanceof ServerFrame.Edited edited) {
            long target = buckets.of(edited.target());
            rows.add(
                    bucketOf(channel, target),
                    cql.bind(EDIT, channel.name(), channel.epoch(), target, edited.target(), seq, timestamp),
                    0);
        }
    }

    /** All messages that the batch changed. Reads first what it needs of those that were there before. */
    void messages() {
        Map<Keys.OfSeq, CompletableFuture<List<Row>>> mentioned = new HashMap<>();
        Map<Keys.OfSeq, CompletableFuture<List<Row>>> edits = new HashMap<>();
        state.messages()
                .changes()
                .forEach((key, change) -> change.ifPresent(message -> {
                    ChannelRow channel = channels.apply(key.channel());
                    if (state.messages().before(key).isPresent()) {
                        mentioned.put(
                                key,
                                cql.rows(cql.bind(
                                        MENTIONED,
                                        channel.name(),
                                        channel.epoch(),
                                        buckets.of(key.seq()),
                                        key.seq(),
                                        coveredBefore.applyAsLong(key.channel()))));
                    }
                    if (message.deleted()) {
                        edits.put(
                                key,
                                cql.rows(cql.bind(
                                        EDITS, channel.name(), channel.epoch(), buckets.of(key.seq()), key.seq())));
                    }
                }));
        Cql.awaitAll(mentioned.values());
        Cql.awaitAll(edits.values());
        state.messages()
                .changes()
                .forEach((key, change) -> change.ifPresent(message -> {
                    List<Row> before = mentioned.containsKey(key)
                            ? Cql.await(Objects.requireNonNull(mentioned.get(key)))
                            : List.of();
                    message(key, message);
                    mentions(key, message, before);
                    if (message.deleted()) {
                        redact(key, message, Cql.await(Objects.requireNonNull(edits.get(key))));
                    }
                }));
    }

    private void message(Keys.OfSeq key, MessageState message) {
        ChannelRow channel = channels.apply(key.channel());
        long bucket = buckets.of(key.seq());
        long version = channel.version();
        long timestamp = Version.timestamp(version);
        byte[] data = message.data();
        rows.add(
                bucketOf(channel, bucket),
                cql.bind(
                        MESSAGE,
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        key.seq(),
                        version,
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
                        timestamp),
                data == null ? 0 : data.length);
        if (state.messages().before(key).isPresent()) {
            replaced.add(
                    bucketOf(channel, bucket),
                    cql.bind(DROP_MESSAGES, timestamp, channel.name(), channel.epoch(), bucket, key.seq(), version),
                    0);
        } else {
            rows.add(
                    List.of("client id", key),
                    cql.bind(
                            CLIENT_ID,
                            channel.name(),
                            channel.epoch(),
                            message.sender().value(),
                            message.id().value(),
                            key.seq(),
                            timestamp),
                    0);
        }
    }

    /** The sender does not count as mentioned. */
    private void mentions(Keys.OfSeq key, MessageState message, List<Row> before) {
        ChannelRow channel = channels.apply(key.channel());
        long version = channel.version();
        long timestamp = Version.timestamp(version);
        Set<UserId> now = new LinkedHashSet<>(message.mentions());
        now.remove(message.sender());
        Set<UserId> all = new LinkedHashSet<>(now);
        before.stream()
                .map(row -> Optional.ofNullable(row.getString("mentions")))
                .forEach(stored -> stored.map(Columns::users).ifPresent(all::addAll));
        appended.values().forEach(logged -> all.addAll(mentionedBy(logged.event(), key)));
        all.remove(message.sender());
        for (UserId user : all) {
            List<Object> partition = List.of("mentions", user, channel.name());
            rows.add(
                    partition,
                    cql.bind(
                            MENTION,
                            user.value(),
                            channel.name(),
                            channel.epoch(),
                            key.seq(),
                            version,
                            !now.contains(user),
                            message.sender().value(),
                            timestamp),
                    0);
            if (!before.isEmpty()) {
                replaced.add(
                        partition,
                        cql.bind(
                                DROP_MENTIONS,
                                timestamp,
                                user.value(),
                                channel.name(),
                                channel.epoch(),
                                key.seq(),
                                now.contains(user) ? version : version + 1),
                        0);
            }
        }
    }

    /** Whom an event of the batch mentions in that message: of a batch that was cut elsewhere before a crash it may be there. */
    private static List<UserId> mentionedBy(ServerFrame.LogEvent event, Keys.OfSeq message) {
        List<UserId> mentioned =
                switch (event) {
                    case ServerFrame.Message published when published.seq() == message.seq() -> published.mentions();
                    case ServerFrame.Edited edited when edited.target() == message.seq() -> edited.mentions();
                    default -> null;
                };
        return mentioned == null || !event.channel().equals(message.channel()) ? List.of() : mentioned;
    }

    private void redact(Keys.OfSeq key, MessageState message, List<Row> storedEdits) {
        redacted(
                key,
                new ServerFrame.Message(
                        key.channel(),
                        key.seq(),
                        message.id(),
                        message.sender(),
                        message.ts(),
                        NullNode.getInstance(),
                        message.replyTo(),
                        null,
                        true,
                        null,
                        null));
        Set<Long> edits = new LinkedHashSet<>();
        storedEdits.forEach(row -> edits.add(row.getLong("seq")));
        appended.forEach((at, logged) -> {
            if (at.channel().equals(key.channel())
                    && logged.event() instanceof ServerFrame.Edited edited
                    && edited.target() == key.seq()) {
                edits.add(at.seq());
            }
        });
        edits.forEach(seq -> edited(new Keys.OfSeq(key.channel(), seq))
                .ifPresent(edited -> redacted(
                        new Keys.OfSeq(key.channel(), seq),
                        new ServerFrame.Edited(
                                edited.channel(),
                                seq,
                                edited.target(),
                                edited.from(),
                                edited.ts(),
                                NullNode.getInstance(),
                                null,
                                true))));
    }

    /** An edit of this batch, or of one before. What a crash left beyond the head is written again, by the batch that comes to it. */
    private Optional<ServerFrame.Edited> edited(Keys.OfSeq at) {
        LoggedEvent inBatch = appended.get(at);
        ChannelRow channel = channels.apply(at.channel());
        Optional<ServerFrame.LogEvent> event = inBatch != null
                ? Optional.of(inBatch.event())
                : cql.first(cql.bind(FRAME, channel.name(), channel.epoch(), buckets.of(at.seq()), at.seq()))
                        .map(row -> Columns.event(Objects.requireNonNull(Columns.bytes(row, "frame"))));
        return at.seq() > channel.head()
                ? Optional.empty()
                : event.filter(ServerFrame.Edited.class::isInstance).map(ServerFrame.Edited.class::cast);
    }

    private void redacted(Keys.OfSeq at, ServerFrame.LogEvent frame) {
        ChannelRow channel = channels.apply(at.channel());
        long bucket = buckets.of(at.seq());
        byte[] bytes = Json.write(frame);
        rows.add(
                bucketOf(channel, bucket),
                cql.bind(
                        REDACT,
                        Version.timestamp(channel.version()) + 1,
                        Columns.blob(bytes),
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        at.seq()),
                bytes.length);
    }

    private static List<Object> bucketOf(ChannelRow channel, long bucket) {
        return List.of("bucket", channel.name(), channel.epoch(), bucket);
    }
}
