package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.message.userdata.UserData.Reaction;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import java.util.List;
import java.util.Optional;

/** Table {@code reaction_of}: the reactions of a user, a row for each of their states. */
final class ReactionOfTable {
    static final Table DEFINITION = new Table(
            "reaction_of",
            "user_id text, channel text, epoch text, target bigint, emoji text, version bigint, gone boolean, ts bigint,"
                    + " primary key ((user_id), channel, epoch, target, emoji, version))"
                    + " with clustering order by (channel asc, epoch asc, target asc, emoji asc, version desc");

    private static final String INSERT =
            "insert into $.reaction_of (user_id, channel, epoch, target, emoji, version, gone, ts)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE_OLDER = "delete from $.reaction_of using timestamp ?"
            + " where user_id = ? and channel = ? and epoch = ? and target = ? and emoji = ? and version < ?";
    private static final String REMOVE = "delete from $.reaction_of using timestamp ?"
            + " where user_id = ? and channel = ? and epoch = ? and target >= ? and target <= ?";
    private static final String EMOJI =
            "select emoji from $.reaction_of where user_id = ? and channel = ? and epoch = ? and target = ?";
    private static final String FROM =
            "select channel, epoch, target, emoji, version, gone, ts from $.reaction_of where user_id = ? and channel >= ?";

    private final Cql cql;

    ReactionOfTable(Cql cql) {
        this.cql = cql;
    }

    /** A state of a reaction. */
    record Stored(Row row) implements Versioned {
        ChannelName channel() {
            return Columns.channel(row);
        }

        boolean isIn(ChannelRow channel) {
            return Columns.isIn(row, channel);
        }

        long target() {
            return row.getLong("target");
        }

        String emoji() {
            return Columns.text(row, "emoji");
        }

        Reaction reaction() {
            return new Reaction(channel(), target(), new Emoji(emoji()), row.getLong("ts"));
        }
    }

    /** {@code state} is empty if the reaction was removed. */
    Write insert(ChannelRow channel, ReactionTable.Key key, Optional<ReactionState> state) {
        return new Write(
                Partition.ofUser(key.user()),
                cql.bind(
                        INSERT,
                        key.user().value(),
                        channel.name(),
                        channel.epoch(),
                        key.target(),
                        key.emoji(),
                        channel.version(),
                        state.isEmpty(),
                        state.map(ReactionState::ts).orElse(null),
                        Version.timestamp(channel.version())));
    }

    /** Removes the states before a version. */
    Write removeOlder(ChannelRow channel, ReactionTable.Key key, long version) {
        return new Write(
                Partition.ofUser(key.user()),
                cql.bind(
                        REMOVE_OLDER,
                        Version.timestamp(channel.version()),
                        key.user().value(),
                        channel.name(),
                        channel.epoch(),
                        key.target(),
                        key.emoji(),
                        version));
    }

    /** Removes the reactions of a user to the messages of a range. */
    Write remove(BucketRange range, UserId user) {
        return new Write(
                Partition.ofUser(user),
                cql.bind(
                        REMOVE,
                        range.timestamp(),
                        user.value(),
                        range.channel().name(),
                        range.channel().epoch(),
                        range.first(),
                        range.last()));
    }

    /** Starts to read with what a user reacted to a message, in any state. */
    Pending<String> startEmoji(ChannelRow channel, UserId user, long target) {
        return cql.start(
                cql.bind(EMOJI, user.value(), channel.name(), channel.epoch(), target),
                row -> Columns.text(row, "emoji"));
    }

    /** All states of reactions in channels from {@code channel} on, by name. */
    List<Stored> from(UserId user, String channel) {
        return cql.read(cql.bind(FROM, user.value(), channel), Stored::new);
    }
}
