package dev.dunlin.message.cassandra;

import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a user is in a channel, without what has to be counted. The reads start when this is
 * made, {@link #await} waits for them.
 */
final class StandingReader {
    private final Tables tables;
    private final ChannelRow channel;
    private final Pending<MemberTable.Stored> member;
    private final Pending<MarkTable.Stored> mark;
    /** Of a direct channel: both of its members. */
    private final List<Pending<MemberTable.Stored>> both;

    StandingReader(Tables tables, ChannelRow channel, UserId user) {
        this.tables = tables;
        this.channel = channel;
        this.member = tables.members().start(channel, user);
        this.mark = tables.marks().start(channel, user);
        this.both = channel.state().name().directMembers().stream()
                .map(one -> tables.members().start(channel, one))
                .toList();
    }

    static Optional<MemberTable.Stored> findMember(Tables tables, ChannelRow channel, UserId user) {
        return newest(tables, channel, tables.members().start(channel, user));
    }

    Standing await() {
        Optional<MemberTable.Stored> own = newest(tables, channel, member);
        return new Standing(
                channel.state(),
                own.map(MemberTable.Stored::role).orElse(null),
                mark.first().map(found -> found.read(channel.head())).orElse(0L),
                own.map(MemberTable.Stored::joined).orElse(0L),
                both.stream()
                        .anyMatch(one -> newest(tables, channel, one)
                                .filter(MemberTable.Stored::blocks)
                                .isPresent()));
    }

    private static Optional<MemberTable.Stored> newest(
            Tables tables, ChannelRow channel, Pending<MemberTable.Stored> states) {
        return new Newest(tables, channel)
                .present(states.all(), MemberTable.Stored::user).stream().findFirst();
    }
}
