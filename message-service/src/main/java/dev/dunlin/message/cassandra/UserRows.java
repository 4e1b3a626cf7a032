package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.MemberPage.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What one user is in one channel, and what of it the user has not read. Requests start when this is made, and those for the counts when the mark is there.
 *
 * <p>Unread is the head less the read mark less the user's own events after it, which are counted in the newest {@link #MOST_BUCKETS} buckets only: who never reads and publishes
 * much (a ticker) has its older events counted as unread. Mentions are counted up to {@link #MOST_MENTIONS}.
 */
final class UserRows {
    static final int MOST_BUCKETS = 10;
    static final int MOST_MENTIONS = 1_000;

    private static final String MEMBER = "select user_id, version, gone, role, since, joined, blocks from $.member"
            + " where channel = ? and epoch = ? and user_id = ?";
    private static final String MARK =
            "select read_seq, received_seq from $.mark where channel = ? and epoch = ? and user_id = ?";
    private static final String READ = "read_seq";
    private static final String OWN = "select count(*) from $.authored"
            + " where channel = ? and epoch = ? and author = ? and bucket = ? and seq > ? and seq <= ?";
    private static final String MENTIONS = "select seq, version, gone, sender from $.mention"
            + " where user_id = ? and channel = ? and epoch = ? and seq > ? and seq <= ?";

    private final Cql cql;
    private final ChannelRow channel;
    private final UserId user;
    private final CompletableFuture<List<Row>> mark;
    private final CompletableFuture<Floor> floor;

    UserRows(Cql cql, ChannelRow channel, UserId user) {
        this.cql = cql;
        this.channel = channel;
        this.user = user;
        this.mark = startMark(cql, channel, user);
        this.floor = Floor.start(cql, channel);
    }

    /** What is not read. */
    record Unread(long read, long events, long mentions) {}

    static Optional<Member> member(Cql cql, ChannelRow channel, UserId user) {
        return member(cql, channel, Cql.await(startMember(cql, channel, user)));
    }

    private static CompletableFuture<List<Row>> startMember(Cql cql, ChannelRow channel, UserId user) {
        return cql.rows(cql.bind(MEMBER, channel.name(), channel.epoch(), user.value()));
    }

    private static CompletableFuture<List<Row>> startMark(Cql cql, ChannelRow channel, UserId user) {
        return cql.rows(cql.bind(MARK, channel.name(), channel.epoch(), user.value()));
    }

    /** What a user is in a channel, without what has to be counted. The requests start now, the supplier waits for them. */
    static Supplier<ChannelDirectory.Standing> startStanding(Cql cql, ChannelRow channel, UserId user) {
        CompletableFuture<List<Row>> member = startMember(cql, channel, user);
        CompletableFuture<List<Row>> mark = startMark(cql, channel, user);
        List<CompletableFuture<List<Row>>> two = channel.state().name().directMembers().stream()
                .map(one -> startMember(cql, channel, one))
                .toList();
        return () -> {
            Optional<Row> own = newest(cql, channel, Cql.await(member));
            return new ChannelDirectory.Standing(
                    channel.state(),
                    own.map(Columns::role).orElse(null),
                    marked(channel, Cql.await(mark), READ),
                    own.map(row -> row.getLong("joined")).orElse(0L),
                    two.stream()
                            .anyMatch(rows -> newest(cql, channel, Cql.await(rows))
                                    .filter(row -> row.getBoolean("blocks"))
                                    .isPresent()));
        };
    }

    private static Optional<Member> member(Cql cql, ChannelRow channel, List<Row> rows) {
        return newest(cql, channel, rows).map(UserRows::member);
    }

    private static Optional<Row> newest(Cql cql, ChannelRow channel, List<Row> rows) {
        return new Newest(cql, channel)
                .of(rows, row -> Columns.text(row, "user_id")).stream()
                        .filter(row -> !row.getBoolean("gone"))
                        .findFirst();
    }

    static Member member(Row row) {
        return new Member(new UserId(Columns.text(row, "user_id")), Columns.role(row), row.getLong("since"));
    }

    /** The read mark, 0 if there is none. A mark may be newer than the head that was read before it. */
    long read() {
        return marked(channel, Cql.await(mark), READ);
    }

    long received() {
        return marked(channel, Cql.await(mark), "received_seq");
    }

    /** {@code blocks} are the user's, and read only if it is mentioned. */
    Unread unread(BlockList blocks) {
        long base = Math.max(read(), Cql.await(floor).first() - 1);
        if (base >= channel.head()) {
            return new Unread(read(), 0, 0);
        }
        List<CompletableFuture<List<Row>>> own = new ArrayList<>();
        Buckets buckets = cql.buckets();
        long last = buckets.of(channel.head());
        for (long bucket = Math.max(buckets.of(base + 1), last - MOST_BUCKETS + 1); bucket <= last; bucket++) {
            own.add(cql.rows(
                    cql.bind(OWN, channel.name(), channel.epoch(), user.value(), bucket, base, channel.head())));
        }
        List<Row> mentions = cql.read(
                cql.bind(MENTIONS, user.value(), channel.name(), channel.epoch(), base, channel.head()),
                MessageReader.MOST_ROWS,
                atMost(MOST_MENTIONS));
        long mentioned = new Newest(cql, channel)
                .of(mentions, row -> row.getLong("seq")).stream()
                        .filter(row -> !row.getBoolean("gone"))
                        .filter(row -> !blocks.holds(row.getString("sender")))
                        .count();
        long mine = own.stream()
                .mapToLong(count -> Cql.await(count).getFirst().getLong(0))
                .sum();
        return new Unread(read(), Math.max(0, channel.head() - base - mine), mentioned);
    }

    private static Predicate<Row> atMost(int most) {
        int[] seen = {0};
        return row -> ++seen[0] >= most;
    }

    private static long marked(ChannelRow channel, List<Row> rows, String column) {
        return rows.isEmpty() ? 0 : Math.min(rows.getFirst().getLong(column), channel.head());
    }
}
