package dev.dunlin.message.cassandra;

import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.protocol.ChannelName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Writes what a batch changed: first every row but the channels', in any order; then the channels' rows, which make them count; then it removes what is replaced. A
 * crash in between leaves rows that nobody takes for true, and the replay writes the same ones. For one batch.
 */
final class StateWriter {
    private static final Logger LOG = Logger.getLogger(StateWriter.class);

    private static final String EVENT =
            "insert into $.event (channel, epoch, bucket, seq, frame, version, kafka_partition, kafka_offset)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String MESSAGE =
            "insert into $.message (channel, epoch, bucket, seq, version, sender, client_id, ts, data, reply_to, edited, deleted,"
                    + " kafka_partition, kafka_offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String CLIENT_ID = "insert into $.client_id (channel, epoch, sender, client_id, seq)"
            + " values (?, ?, ?, ?, ?) using timestamp ?";
    private static final String MEMBER =
            "insert into $.member (channel, epoch, user_id, version, gone, role, since, kafka_partition, kafka_offset)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String CHANNEL_OF = "insert into $.channel_of (user_id, channel, epoch, version, gone, role)"
            + " values (?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String MARK =
            "insert into $.mark (channel, epoch, user_id, read_seq, received_seq, kafka_partition, kafka_offset)"
                    + " values (?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REACTION =
            "insert into $.reaction (channel, epoch, bucket, target, emoji, user_id, version, gone, seq, ts, kafka_partition,"
                    + " kafka_offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String DROP_MARK =
            "delete from $.mark using timestamp ? where channel = ? and epoch = ? and user_id = ?";
    private static final String DROP_MESSAGES = "delete from $.message using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version < ?";
    private static final String DROP_MEMBERS =
            "delete from $.member using timestamp ? where channel = ? and epoch = ? and user_id = ? and version < ?";
    private static final String DROP_CHANNELS_OF =
            "delete from $.channel_of using timestamp ? where user_id = ? and channel = ? and epoch = ? and version < ?";
    private static final String DROP_REACTIONS =
            "delete from $.reaction using timestamp ? where channel = ? and epoch = ?"
                    + " and bucket = ? and target = ? and emoji = ? and user_id = ? and version < ?";

    private final Cql cql;
    private final Buckets buckets;
    private final LogState state;
    /** Of every channel that the batch writes something of: as it will be. */
    private final Map<ChannelName, ChannelRow> channels = new HashMap<>();

    private final Writes rows;
    private final Writes replaced;

    StateWriter(Cql cql, LogState state) {
        this.cql = cql;
        this.buckets = cql.buckets();
        this.state = state;
        this.rows = new Writes(cql);
        this.replaced = new Writes(cql);
    }

    /** Throws {@link StaleLog} if a channel is not any more what it was when the state was loaded. */
    void write() {
        requireNewest();
        writeRows();
        writeChannels();
        removeReplaced();
    }

    /** Looks at the channels' rows; must come first. Throws {@link StaleLog}. */
    void requireNewest() {
        plan();
    }

    /** Writes what does not count yet. */
    void writeRows() {
        state.appended().forEach(this::event);
        state.messages().changes().forEach((key, message) -> message.ifPresent(put -> message(key, put)));
        state.members().changes().forEach(this::member);
        state.marks().changes().forEach(this::mark);
        state.reactions().changes().forEach(this::reaction);
        rows.run();
    }

    /** Makes it count. */
    void writeChannels() {
        Writes last = new Writes(cql);
        state.channels().changes().keySet().forEach(name -> {
            ChannelRow row = channel(name);
            last.add(new Writes.Partition("channel", row.name()), row.insert(cql), 0);
        });
        last.run();
    }

    /** Removes what does not count any more. */
    void removeReplaced() {
        try {
            replaced.run();
        } catch (RuntimeException e) {
            // They are not seen, and the next change of the same thing removes them.
            LOG.warnf("rows that were replaced stay for now: %s", e.getMessage());
        }
    }

    private void plan() {
        Set<ChannelName> names = new HashSet<>(state.channels().changes().keySet());
        state.marks().changes().keySet().forEach(key -> names.add(key.channel()));
        Map<ChannelName, ChannelRow> now = ChannelRow.find(cql, names);
        for (ChannelName name : names) {
            Optional<ChannelState> before = state.channels().before(name);
            Optional<ChannelRow> row = Optional.ofNullable(now.get(name));
            Optional<ChannelState> change = state.channels().changes().getOrDefault(name, Optional.empty());
            if (change.isPresent()
                    && !row.map(found -> found.state().applied()).equals(before.map(ChannelState::applied))) {
                throw new StaleLog(name + " was changed by another process");
            }
            change.map(changed ->
                            row.map(found -> found.changedTo(changed)).orElseGet(() -> new ChannelRow(changed, 0)))
                    .or(() -> row)
                    .ifPresent(planned -> channels.put(name, planned));
        }
    }

    private ChannelRow channel(ChannelName name) {
        return Objects.requireNonNull(channels.get(name), name::value);
    }

    private void event(LoggedEvent logged) {
        ChannelRow channel = channel(logged.event().channel());
        long seq = logged.event().seq();
        long version = channel.versionOf(logged.position());
        rows.add(
                bucket(channel, seq),
                cql.bind(
                        EVENT,
                        channel.name(),
                        channel.epoch(),
                        buckets.of(seq),
                        seq,
                        Columns.blob(logged.frame()),
                        version,
                        logged.position().partition(),
                        logged.position().offset(),
                        Version.timestamp(version)),
                logged.frame().length);
    }

    private void message(Keys.OfSeq key, MessageState message) {
        ChannelRow channel = channel(key.channel());
        long version = channel.version();
        byte[] data = message.data();
        rows.add(
                bucket(channel, key.seq()),
                cql.bind(
                        MESSAGE,
                        channel.name(),
                        channel.epoch(),
                        buckets.of(key.seq()),
                        key.seq(),
                        version,
                        message.sender().value(),
                        message.id().value(),
                        message.ts(),
                        Columns.blob(data),
                        message.replyTo(),
                        message.edited(),
                        message.deleted(),
                        message.position().partition(),
                        message.position().offset(),
                        Version.timestamp(version)),
                data == null ? 0 : data.length);
        if (state.messages().before(key).isPresent()) {
            replaced.add(
                    bucket(channel, key.seq()),
                    cql.bind(
                            DROP_MESSAGES,
                            Version.timestamp(version),
                            channel.name(),
                            channel.epoch(),
                            buckets.of(key.seq()),
                            key.seq(),
                            version),
                    0);
        } else {
            rows.add(
                    new Writes.Partition("client id", key),
                    cql.bind(
                            CLIENT_ID,
                            channel.name(),
                            channel.epoch(),
                            message.sender().value(),
                            message.id().value(),
                            key.seq(),
                            Version.timestamp(version)),
                    0);
        }
    }

    private void member(Keys.OfUser key, Optional<MemberState> change) {
        ChannelRow channel = channel(key.channel());
        long version = channel.version();
        long timestamp = Version.timestamp(version);
        String user = key.user().value();
        String role = change.map(member -> Columns.stored(member.role())).orElse(null);
        Writes.Partition ofChannel = new Writes.Partition("members", channel.name());
        Writes.Partition ofUser = new Writes.Partition("channels of", user);
        rows.add(
                ofChannel,
                cql.bind(
                        MEMBER,
                        channel.name(),
                        channel.epoch(),
                        user,
                        version,
                        change.isEmpty(),
                        role,
                        change.map(MemberState::since).orElse(null),
                        change.map(member -> member.position().partition()).orElse(null),
                        change.map(member -> member.position().offset()).orElse(null),
                        timestamp),
                0);
        rows.add(
                ofUser,
                cql.bind(CHANNEL_OF, user, channel.name(), channel.epoch(), version, change.isEmpty(), role, timestamp),
                0);
        if (change.isEmpty() || state.members().before(key).isPresent()) {
            long replacedBelow = change.isEmpty() ? version + 1 : version;
            replaced.add(
                    ofChannel,
                    cql.bind(DROP_MEMBERS, timestamp, channel.name(), channel.epoch(), user, replacedBelow),
                    0);
            replaced.add(
                    ofUser,
                    cql.bind(DROP_CHANNELS_OF, timestamp, user, channel.name(), channel.epoch(), replacedBelow),
                    0);
        }
    }

    private void mark(Keys.OfUser key, Optional<MarkState> change) {
        ChannelRow channel = channel(key.channel());
        Writes.Partition partition = new Writes.Partition("members", channel.name());
        String user = key.user().value();
        if (change.isPresent()) {
            MarkState mark = change.get();
            LogPosition position = mark.position();
            rows.add(
                    partition,
                    cql.bind(
                            MARK,
                            channel.name(),
                            channel.epoch(),
                            user,
                            mark.read(),
                            mark.received(),
                            position.partition(),
                            position.offset(),
                            Version.timestamp(channel.versionOf(position))),
                    0);
        } else {
            rows.add(
                    partition,
                    cql.bind(DROP_MARK, Version.timestamp(channel.version()), channel.name(), channel.epoch(), user),
                    0);
        }
    }

    private void reaction(Keys.OfReaction key, Optional<ReactionState> change) {
        ChannelRow channel = channel(key.channel());
        long version = channel.version();
        long timestamp = Version.timestamp(version);
        long bucket = buckets.of(key.target());
        String emoji = key.emoji().value();
        String user = key.user().value();
        rows.add(
                bucket(channel, key.target()),
                cql.bind(
                        REACTION,
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        key.target(),
                        emoji,
                        user,
                        version,
                        change.isEmpty(),
                        change.map(ReactionState::seq).orElse(null),
                        change.map(ReactionState::ts).orElse(null),
                        change.map(reaction -> reaction.position().partition()).orElse(null),
                        change.map(reaction -> reaction.position().offset()).orElse(null),
                        timestamp),
                0);
        if (change.isEmpty() || state.reactions().before(key).isPresent()) {
            replaced.add(
                    bucket(channel, key.target()),
                    cql.bind(
                            DROP_REACTIONS,
                            timestamp,
                            channel.name(),
                            channel.epoch(),
                            bucket,
                            key.target(),
                            emoji,
                            user,
                            change.isEmpty() ? version + 1 : version),
                    0);
        }
    }

    private Writes.Partition bucket(ChannelRow channel, long seq) {
        return new Writes.Partition("bucket", new Keys.OfSeq(channel.state().name(), buckets.of(seq)));
    }
}
