package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.MemberPage.Member;
import dev.dunlin.protocol.kafka.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Table {@code member}: the members of a channel, a row for each of their states. */
final class MemberTable {
    static final Table DEFINITION = new Table(
            "member",
            "channel text, epoch text, user_id text, version bigint, gone boolean, role text, since bigint, joined bigint, blocks boolean,"
                    + " kafka_partition int, kafka_offset bigint, primary key ((channel, epoch), user_id, version))"
                    + " with clustering order by (user_id asc, version desc",
            List.of(new Table.Column("joined", "bigint"), new Table.Column("blocks", "boolean")));

    private static final String INSERT =
            "insert into $.member (channel, epoch, user_id, version, gone, role, since, joined, blocks, kafka_partition, kafka_offset)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE_OLDER =
            "delete from $.member using timestamp ? where channel = ? and epoch = ? and user_id = ? and version < ?";
    private static final String REMOVE =
            "delete from $.member using timestamp ? where channel = ? and epoch = ? and user_id = ?";
    private static final String STATE =
            "select gone, role, since, joined, blocks, kafka_partition, kafka_offset from $.member"
                    + " where channel = ? and epoch = ? and user_id = ? and version <= ? limit 1";
    private static final String STATES = "select user_id, version, gone, role, since, joined, blocks from $.member"
            + " where channel = ? and epoch = ? and user_id ";
    private static final String ONE = STATES + "= ?";
    private static final String PAGE = STATES + "> ?";
    /** The server filters, so only these few rows are sent. */
    private static final String OWNERS =
            "select user_id from $.member where channel = ? and epoch = ? and role = 'owner' allow filtering";

    private final Cql cql;

    MemberTable(Cql cql) {
        this.cql = cql;
    }

    /** A state of a member. */
    record Stored(Row row) implements Versioned {
        UserId user() {
            return Columns.user(row);
        }

        Role role() {
            return Columns.role(row);
        }

        long joined() {
            return row.getLong("joined");
        }

        boolean blocks() {
            return row.getBoolean("blocks");
        }

        Member member() {
            return new Member(user(), role(), row.getLong("since"));
        }

        Optional<MemberState> state() {
            return gone()
                    ? Optional.empty()
                    : Optional.of(
                            new MemberState(role(), row.getLong("since"), joined(), blocks(), Columns.position(row)));
        }
    }

    /** {@code state} is empty if the user is no longer a member. */
    Write insert(ChannelRow channel, UserId user, Optional<MemberState> state) {
        return new Write(
                Partition.ofUsersIn(channel),
                cql.bind(
                        INSERT,
                        channel.name(),
                        channel.epoch(),
                        user.value(),
                        channel.version(),
                        state.isEmpty(),
                        state.map(member -> Columns.stored(member.role())).orElse(null),
                        state.map(MemberState::since).orElse(null),
                        state.map(MemberState::joined).orElse(null),
                        state.map(MemberState::blocks).orElse(null),
                        state.map(member -> member.position().partition()).orElse(null),
                        state.map(member -> member.position().offset()).orElse(null),
                        Version.timestamp(channel.version())));
    }

    /** Removes the states before a version. */
    Write removeOlder(ChannelRow channel, UserId user, long version) {
        return new Write(
                Partition.ofUsersIn(channel),
                cql.bind(
                        REMOVE_OLDER,
                        Version.timestamp(channel.version()),
                        channel.name(),
                        channel.epoch(),
                        user.value(),
                        version));
    }

    Write remove(ChannelRow channel, UserId user) {
        return new Write(
                Partition.ofUsersIn(channel),
                cql.bind(REMOVE, Version.timestamp(channel.version()), channel.name(), channel.epoch(), user.value()));
    }

    /** Starts to read the state that counts. */
    Pending<Stored> startState(ChannelRow channel, UserId user) {
        return cql.start(
                cql.bind(STATE, channel.name(), channel.epoch(), user.value(), channel.version()), Stored::new);
    }

    /** Starts to read all states of a member. */
    Pending<Stored> start(ChannelRow channel, UserId user) {
        return cql.start(cql.bind(ONE, channel.name(), channel.epoch(), user.value()), Stored::new);
    }

    /**
     * All states of the first {@code limit} users after {@code after}, and the first of one more.
     */
    List<Stored> page(ChannelRow channel, String after, int limit) {
        Set<UserId> users = new HashSet<>();
        return cql.read(
                cql.bind(PAGE, channel.name(), channel.epoch(), after),
                Cql.PAGE_ROWS,
                Stored::new,
                member -> users.add(member.user()) && users.size() > limit);
    }

    /** Users who are or were owners, in any state. */
    List<UserId> owners(ChannelRow channel) {
        return cql.read(cql.bind(OWNERS, channel.name(), channel.epoch()), Columns::user);
    }
}
