package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MemberPage.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Memberships from Cassandra. A user's list of channels is sorted by their newest event, which changes with every message, so no table is sorted by it: all channels of the
 * user are read, one request each and as many at a time as may be in flight, and sorted here. {@link #MOST_CHANNELS} bounds that; who is in more channels does not see those
 * that come last by name.
 */
final class CassandraMemberships implements Memberships {
    /** The most channels of one user that are looked at. */
    static final int MOST_CHANNELS = 5_000;

    private static final Comparator<Listed> NEWEST_FIRST = Comparator.comparing(
                    (Listed listed) -> listed.channel().state(), Comparator.comparingLong(ChannelState::active))
            .reversed()
            .thenComparing(listed -> listed.channel().name());

    private static final String PAGE = "select user_id, version, gone, role, since from $.member"
            + " where channel = ? and epoch = ? and user_id > ?";
    private static final String CHANNELS_OF =
            "select channel, epoch, version, gone, role from $.channel_of where user_id = ?";

    private final Cql cql;

    CassandraMemberships(Cql cql) {
        this.cql = cql;
    }

    /** A channel that the user is in, and the user's row of it. */
    private record Listed(ChannelRow channel, Row membership) {}

    @Override
    public Optional<Member> find(ChannelName channel, UserId user) {
        return ChannelRow.find(cql, channel).flatMap(row -> new UserRows(cql, row, user).member());
    }

    @Override
    public List<Member> page(ChannelName channel, @Nullable UserId after, int limit) {
        Optional<ChannelRow> found = ChannelRow.find(cql, channel);
        List<Member> members = new ArrayList<>();
        String from = after == null ? "" : after.value();
        while (found.isPresent() && members.size() < limit) {
            Set<String> users = new HashSet<>();
            List<Row> rows = cql.read(
                    cql.bind(PAGE, found.get().name(), found.get().epoch(), from),
                    MessageReader.MOST_ROWS,
                    row -> users.add(Columns.text(row, "user_id")) && users.size() > limit);
            boolean more = users.size() > limit;
            String last = rows.isEmpty() ? from : Columns.text(rows.getLast(), "user_id");
            List<Row> whole = more
                    ? rows.stream()
                            .filter(row -> !Columns.text(row, "user_id").equals(last))
                            .toList()
                    : rows;
            new Newest(cql, found.get())
                    .of(whole, row -> Columns.text(row, "user_id")).stream()
                            .filter(row -> !row.getBoolean("gone"))
                            .limit(limit - members.size())
                            .forEach(row -> members.add(UserRows.member(row)));
            if (!more) {
                break;
            }
            from = Columns.text(whole.getLast(), "user_id");
        }
        return members;
    }

    @Override
    public List<ServerFrame.Membership> ofUser(UserId user, int limit) {
        List<Listed> listed = channelsOf(user).stream()
                .filter(one -> !one.channel().state().archived())
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
        Map<ChannelName, CompletableFuture<List<Row>>> marks = marks(user, listed);
        return listed.stream()
                .map(one -> {
                    ChannelState channel = one.channel().state();
                    long read = read(marks, one);
                    return new ServerFrame.Membership(
                            channel.name(), channel.epoch(), channel.head(), read, channel.head() - read);
                })
                .toList();
    }

    @Override
    public List<Summary> summaries(UserId user, @Nullable Place after, int limit) {
        List<Listed> listed = channelsOf(user).stream()
                .filter(one -> after == null || isAfter(one.channel().state(), after))
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
        Map<ChannelName, CompletableFuture<List<Row>>> marks = marks(user, listed);
        return listed.stream()
                .map(one -> new Summary(
                        one.channel().state(),
                        Columns.role(one.membership()),
                        read(marks, one),
                        new MessageReader(cql, one.channel()).newest().orElse(null)))
                .toList();
    }

    private List<Listed> channelsOf(UserId user) {
        List<Row> rows = cql.read(cql.bind(CHANNELS_OF, user.value()), MessageReader.MOST_ROWS, enough());
        Map<ChannelName, List<Row>> byChannel = new HashMap<>();
        rows.forEach(row -> byChannel
                .computeIfAbsent(Newest.channelOf(row), none -> new ArrayList<>())
                .add(row));
        List<Listed> listed = new ArrayList<>();
        ChannelRow.find(cql, byChannel.keySet()).forEach((name, channel) -> {
            List<Row> ofThisLife = byChannel.getOrDefault(name, List.of()).stream()
                    .filter(row -> Columns.text(row, "epoch").equals(channel.epoch()))
                    .toList();
            new Newest(cql, channel)
                    .of(ofThisLife, Newest::channelOf).stream()
                            .filter(row -> !row.getBoolean("gone"))
                            .forEach(row -> listed.add(new Listed(channel, row)));
        });
        return listed;
    }

    private static Predicate<Row> enough() {
        Set<String> channels = new HashSet<>();
        return row -> channels.add(Columns.text(row, "channel")) && channels.size() > MOST_CHANNELS;
    }

    private Map<ChannelName, CompletableFuture<List<Row>>> marks(UserId user, List<Listed> listed) {
        Map<ChannelName, CompletableFuture<List<Row>>> marks = new HashMap<>();
        listed.forEach(one -> marks.put(one.channel().state().name(), UserRows.mark(cql, one.channel(), user)));
        return marks;
    }

    private static long read(Map<ChannelName, CompletableFuture<List<Row>>> marks, Listed listed) {
        CompletableFuture<List<Row>> mark = marks.get(listed.channel().state().name());
        return mark == null ? 0 : UserRows.read(Cql.await(mark), listed.channel());
    }

    private static boolean isAfter(ChannelState channel, Place place) {
        return channel.active() < place.active()
                || (channel.active() == place.active()
                        && channel.name().value().compareTo(place.channel().value()) > 0);
    }
}
