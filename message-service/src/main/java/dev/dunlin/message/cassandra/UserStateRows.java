package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.protocol.ChannelName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The rows of a batch's members, marks and reactions. What came and went within the batch is written as gone too: of a batch that was cut elsewhere before a crash it may be
 * there. Marks have no versions: nothing is numbered by them, and the newest counts.
 */
final class UserStateRows {
    private static final String MEMBER =
            "insert into $.member (channel, epoch, user_id, version, gone, role, since, joined, blocks, kafka_partition, kafka_offset)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String CHANNEL_OF =
            "insert into $.channel_of (user_id, channel, epoch, version, gone, role, since)"
                    + " values (?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String MARK =
            "insert into $.mark (channel, epoch, user_id, read_seq, received_seq, kafka_partition, kafka_offset)"
                    + " values (?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String MARK_OF =
            "insert into $.mark_of (user_id, channel, epoch) values (?, ?, ?) using timestamp ?";
    private static final String REACTION =
            "insert into $.reaction (channel, epoch, bucket, target, emoji, user_id, version, gone, seq, ts, kafka_partition,"
                    + " kafka_offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REACTION_OF =
            "insert into $.reaction_of (user_id, channel, epoch, target, emoji, version, gone, ts)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String DROP_MARK =
            "delete from $.mark using timestamp ? where channel = ? and epoch = ? and user_id = ?";
    private static final String DROP_MARK_OF =
            "delete from $.mark_of using timestamp ? where user_id = ? and channel = ? and epoch = ?";
    private static final String DROP_MEMBERS =
            "delete from $.member using timestamp ? where channel = ? and epoch = ? and user_id = ? and version < ?";
    private static final String DROP_CHANNELS_OF =
            "delete from $.channel_of using timestamp ? where user_id = ? and channel = ? and epoch = ? and version < ?";
    private static final String DROP_REACTIONS =
            "delete from $.reaction using timestamp ? where channel = ? and epoch = ?"
                    + " and bucket = ? and target = ? and emoji = ? and user_id = ? and version < ?";
    private static final String DROP_REACTIONS_OF = "delete from $.reaction_of using timestamp ?"
            + " where user_id = ? and channel = ? and epoch = ? and target = ? and emoji = ? and version < ?";

    private final Cql cql;
    private final Buckets buckets;
    private final LogState state;
    private final Function<ChannelName, ChannelRow> channels;
    private final Writes rows;
    private final Writes last;
    private final Writes replaced;

    /** {@code last} is written when {@code rows} are. */
    UserStateRows(
            Cql cql,
            LogState state,
            Function<ChannelName, ChannelRow> channels,
            Writes rows,
            Writes last,
            Writes replaced) {
        this.cql = cql;
        this.buckets = cql.buckets();
        this.state = state;
        this.channels = channels;
        this.rows = rows;
        this.last = last;
        this.replaced = replaced;
    }

    void member(Keys.OfUser key, Optional<MemberState> change) {
        ChannelRow channel = channels.apply(key.channel());
        long version = channel.version();
        long timestamp = Version.timestamp(version);
        String user = key.user().value();
        String role = change.map(member -> Columns.stored(member.role())).orElse(null);
        Long since = change.map(MemberState::since).orElse(null);
        rows.add(
                ofChannel(channel),
                cql.bind(
                        MEMBER,
                        channel.name(),
                        channel.epoch(),
                        user,
                        version,
                        change.isEmpty(),
                        role,
                        since,
                        change.map(MemberState::joined).orElse(null),
                        change.map(MemberState::blocks).orElse(null),
                        change.map(member -> member.position().partition()).orElse(null),
                        change.map(member -> member.position().offset()).orElse(null),
                        timestamp),
                0);
        rows.add(
                ofUser(user),
                cql.bind(
                        CHANNEL_OF,
                        user,
                        channel.name(),
                        channel.epoch(),
                        version,
                        change.isEmpty(),
                        role,
                        since,
                        timestamp),
                0);
        if (change.isEmpty() || state.members().before(key).isPresent()) {
            long below = change.isEmpty() ? version + 1 : version;
            replaced.add(
                    ofChannel(channel),
                    cql.bind(DROP_MEMBERS, timestamp, channel.name(), channel.epoch(), user, below),
                    0);
            replaced.add(
                    ofUser(user),
                    cql.bind(DROP_CHANNELS_OF, timestamp, user, channel.name(), channel.epoch(), below),
                    0);
        }
    }

    void mark(Keys.OfUser key, Optional<MarkState> change) {
        ChannelRow channel = channels.apply(key.channel());
        String user = key.user().value();
        if (change.isEmpty()) {
            long timestamp = Version.timestamp(channel.version());
            rows.add(ofChannel(channel), cql.bind(DROP_MARK, timestamp, channel.name(), channel.epoch(), user), 0);
            rows.add(ofUser(user), cql.bind(DROP_MARK_OF, timestamp, user, channel.name(), channel.epoch()), 0);
            return;
        }
        MarkState mark = change.get();
        LogPosition position = mark.position();
        long timestamp = Version.timestamp(channel.versionOf(position));
        // Where the user has marks is known before the mark is: of a mark that is there already it is not written
        // again.
        last.add(
                ofChannel(channel),
                cql.bind(
                        MARK,
                        channel.name(),
                        channel.epoch(),
                        user,
                        mark.read(),
                        mark.received(),
                        position.partition(),
                        position.offset(),
                        timestamp),
                0);
        if (state.marks().before(key).isEmpty()) {
            rows.add(ofUser(user), cql.bind(MARK_OF, user, channel.name(), channel.epoch(), timestamp), 0);
        }
    }

    void reaction(Keys.OfReaction key, Optional<ReactionState> change) {
        reaction(key, key.emoji().value(), change);
        state.reactions()
                .before(key)
                .map(ReactionState::spelled)
                .orElse(Set.of())
                .forEach(spelled -> reaction(key, spelled, Optional.empty()));
    }

    private void reaction(Keys.OfReaction key, String emoji, Optional<ReactionState> change) {
        ChannelRow channel = channels.apply(key.channel());
        long version = channel.version();
        long timestamp = Version.timestamp(version);
        long bucket = buckets.of(key.target());
        String user = key.user().value();
        List<Object> ofBucket = List.of("bucket", channel.name(), channel.epoch(), bucket);
        Long ts = change.map(ReactionState::ts).orElse(null);
        rows.add(
                ofBucket,
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
                        ts,
                        change.map(reaction -> reaction.position().partition()).orElse(null),
                        change.map(reaction -> reaction.position().offset()).orElse(null),
                        timestamp),
                0);
        rows.add(
                ofUser(user),
                cql.bind(
                        REACTION_OF,
                        user,
                        channel.name(),
                        channel.epoch(),
                        key.target(),
                        emoji,
                        version,
                        change.isEmpty(),
                        ts,
                        timestamp),
                0);
        if (change.isEmpty() || state.reactions().before(key).isPresent()) {
            long below = change.isEmpty() ? version + 1 : version;
            replaced.add(
                    ofBucket,
                    cql.bind(
                            DROP_REACTIONS,
                            timestamp,
                            channel.name(),
                            channel.epoch(),
                            bucket,
                            key.target(),
                            emoji,
                            user,
                            below),
                    0);
            replaced.add(
                    ofUser(user),
                    cql.bind(
                            DROP_REACTIONS_OF,
                            timestamp,
                            user,
                            channel.name(),
                            channel.epoch(),
                            key.target(),
                            emoji,
                            below),
                    0);
        }
    }

    private static List<Object> ofChannel(ChannelRow channel) {
        return List.of("members", channel.name(), channel.epoch());
    }

    private static List<Object> ofUser(String user) {
        return List.of("user", user);
    }
}
