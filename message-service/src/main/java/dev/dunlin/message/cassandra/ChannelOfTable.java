package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Table {@code channel_of}: the channels of a user, a row for each state of the membership. */
final class ChannelOfTable {
    static final Table DEFINITION = new Table(
            "channel_of",
            "user_id text, channel text, epoch text, version bigint, gone boolean, role text, since bigint,"
                    + " primary key ((user_id), channel, epoch, version))"
                    + " with clustering order by (channel asc, epoch asc, version desc");

    private static final String INSERT =
            "insert into $.channel_of (user_id, channel, epoch, version, gone, role, since)"
                    + " values (?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE_OLDER =
            "delete from $.channel_of using timestamp ? where user_id = ? and channel = ? and epoch = ? and version < ?";
    private static final String REMOVE =
            "delete from $.channel_of using timestamp ? where user_id = ? and channel = ? and epoch = ?";
    private static final String AFTER = "select channel, epoch, version, gone, role, since from $.channel_of"
            + " where user_id = ? and channel > ?";

    private final Cql cql;

    ChannelOfTable(Cql cql) {
        this.cql = cql;
    }

    /** A state of a membership. */
    record Stored(Row row) implements Versioned {
        ChannelName channel() {
            return Columns.channel(row);
        }

        boolean isIn(ChannelRow channel) {
            return Columns.isIn(row, channel);
        }

        Role role() {
            return Columns.role(row);
        }

        long since() {
            return row.getLong("since");
        }
    }

    /** {@code state} is empty if the user is no longer a member. */
    Write insert(ChannelRow channel, UserId user, Optional<MemberState> state) {
        return new Write(
                Partition.ofUser(user),
                cql.bind(
                        INSERT,
                        user.value(),
                        channel.name(),
                        channel.epoch(),
                        channel.version(),
                        state.isEmpty(),
                        state.map(member -> Columns.stored(member.role())).orElse(null),
                        state.map(MemberState::since).orElse(null),
                        Version.timestamp(channel.version())));
    }

    /** Removes the states before a version. */
    Write removeOlder(ChannelRow channel, UserId user, long version) {
        return new Write(
                Partition.ofUser(user),
                cql.bind(
                        REMOVE_OLDER,
                        Version.timestamp(channel.version()),
                        user.value(),
                        channel.name(),
                        channel.epoch(),
                        version));
    }

    Write remove(ChannelRow channel, UserId user) {
        return new Write(
                Partition.ofUser(user),
                cql.bind(REMOVE, Version.timestamp(channel.version()), user.value(), channel.name(), channel.epoch()));
    }

    /** At most {@code limit} states, by channel. */
    List<Stored> after(UserId user, String after, int limit) {
        return cql.read(cql.bind(AFTER, user.value(), after), Cql.PAGE_ROWS, Stored::new, Cql.atMost(limit));
    }

    /** All states of a user's first {@code limit} channels by name, and the first of one more. */
    List<Stored> first(UserId user, int limit) {
        Set<ChannelName> channels = new HashSet<>();
        return cql.read(
                cql.bind(AFTER, user.value(), ""),
                Cql.PAGE_ROWS,
                Stored::new,
                membership -> channels.add(membership.channel()) && channels.size() > limit);
    }
}
