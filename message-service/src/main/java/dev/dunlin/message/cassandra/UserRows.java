package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.MemberPage.Member;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What one user is in one channel. Both requests start at once. */
final class UserRows {
    private static final String MEMBER = "select user_id, version, gone, role, since from $.member"
            + " where channel = ? and epoch = ? and user_id = ?";
    private static final String MARK = "select read_seq from $.mark where channel = ? and epoch = ? and user_id = ?";

    private final Cql cql;
    private final ChannelRow channel;
    private final CompletableFuture<List<Row>> member;
    private final CompletableFuture<List<Row>> mark;

    UserRows(Cql cql, ChannelRow channel, UserId user) {
        this.cql = cql;
        this.channel = channel;
        this.member = cql.rows(cql.bind(MEMBER, channel.name(), channel.epoch(), user.value()));
        this.mark = mark(cql, channel, user);
    }

    Optional<Member> member() {
        return new Newest(cql, channel)
                .of(Cql.await(member), row -> Columns.text(row, "user_id")).stream()
                        .filter(row -> !row.getBoolean("gone"))
                        .map(UserRows::member)
                        .findFirst();
    }

    /** The read mark, 0 if there is none. */
    long read() {
        return read(Cql.await(mark), channel);
    }

    static Member member(Row row) {
        return new Member(new UserId(Columns.text(row, "user_id")), Columns.role(row), row.getLong("since"));
    }

    static CompletableFuture<List<Row>> mark(Cql cql, ChannelRow channel, UserId user) {
        return cql.rows(cql.bind(MARK, channel.name(), channel.epoch(), user.value()));
    }

    /** A mark may be newer than the head that was read before it. */
    static long read(List<Row> mark, ChannelRow channel) {
        return mark.isEmpty() ? 0 : Math.min(mark.getFirst().getLong("read_seq"), channel.head());
    }
}
