package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.userdata.UserData;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is held of a user, by the tables whose partition is the user. */
final class CassandraUserData implements UserData {
    private static final String CHANNELS_OF = "select channel, epoch, version, gone, role, since from $.channel_of"
            + " where user_id = ? and channel > ?";
    private static final String MARK_OF = "select channel, epoch from $.mark_of where user_id = ? and channel > ?";
    private static final String AUTHORED_IN =
            "select channel, epoch, bucket from $.authored_in where user_id = ? and channel >= ?";
    private static final String AUTHORED = "select seq from $.authored"
            + " where channel = ? and epoch = ? and author = ? and bucket = ? and seq > ? and seq <= ?";
    private static final String REACTION_OF =
            "select channel, epoch, target, emoji, version, gone, ts from $.reaction_of where user_id = ? and channel >= ?";

    private static final Comparator<Reaction> IN_ORDER = Comparator.comparing(
                    (Reaction reaction) -> reaction.channel().value())
            .thenComparingLong(Reaction::target)
            .thenComparing(reaction -> reaction.emoji().value(), CassandraUserData::compareBytes);

    private final Cql cql;

    CassandraUserData(Cql cql) {
        this.cql = cql;
    }

    @Override
    public List<Belonging> belongings(UserId user, @Nullable ChannelName after, int limit) {
        String from = after == null ? "" : after.value();
        // A channel may be gone, or not be live: so more are read than asked for, and again if that was not enough.
        for (int most = 2 * limit + 10; ; most *= 4) {
            List<Row> memberships =
                    cql.read(cql.bind(CHANNELS_OF, user.value(), from), MessageReader.MOST_ROWS, atMost(most));
            List<Row> marks = cql.read(cql.bind(MARK_OF, user.value(), from), MessageReader.MOST_ROWS, atMost(most));
            boolean all = memberships.size() < most && marks.size() < most;
            TreeSet<String> names = new TreeSet<>();
            Stream.concat(memberships.stream(), marks.stream()).forEach(row -> names.add(Columns.text(row, "channel")));
            if (!all) {
                names.tailSet(lastOf(memberships, marks, most), true).clear();
            }
            List<Belonging> found = belongings(user, names, memberships, limit);
            if (all || found.size() == limit) {
                return found;
            }
        }
    }

    /** Up to where both lists are whole. */
    private static String lastOf(List<Row> memberships, List<Row> marks, int most) {
        return Stream.of(memberships, marks)
                .filter(rows -> rows.size() >= most)
                .map(rows -> Columns.text(rows.getLast(), "channel"))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private List<Belonging> belongings(UserId user, Set<String> names, List<Row> memberships, int limit) {
        Map<ChannelName, ChannelRow> channels =
                ChannelRow.find(cql, names.stream().map(ChannelName::new).toList());
        List<Belonging> found = new ArrayList<>();
        for (String name : names) {
            ChannelRow channel = channels.get(new ChannelName(name));
            if (channel == null || !channel.live() || found.size() == limit) {
                continue;
            }
            Optional<Row> member = new Newest(cql, channel)
                    .of(ofLife(memberships, channel), Newest::channelOf).stream()
                            .filter(row -> !row.getBoolean("gone"))
                            .findFirst();
            UserRows rows = new UserRows(cql, channel, user);
            if (member.isPresent() || rows.read() > 0 || rows.received() > 0) {
                found.add(new Belonging(
                        channel.state().name(),
                        member.map(Columns::role).orElse(null),
                        member.map(row -> row.getLong("since")).orElse(null),
                        rows.read(),
                        rows.received()));
            }
        }
        return found;
    }

    @Override
    public List<ServerFrame.Message> messages(UserId user, @Nullable Place after, int limit) {
        List<ServerFrame.Message> found = new ArrayList<>();
        List<Row> partitions = cql.read(
                cql.bind(
                        AUTHORED_IN,
                        user.value(),
                        after == null ? "" : after.channel().value()),
                MessageReader.MOST_ROWS,
                row -> false);
        Map<ChannelName, Optional<ChannelRow>> channels = new HashMap<>();
        for (Row partition : partitions) {
            ChannelName name = Newest.channelOf(partition);
            Optional<ChannelRow> channel = channels.computeIfAbsent(name, one -> ChannelRow.find(cql, one))
                    .filter(ChannelRow::live)
                    .filter(row -> row.epoch().equals(Columns.text(partition, "epoch")));
            if (channel.isPresent() && found.size() < limit) {
                long from = after != null && after.channel().equals(name) ? after.seq() : 0;
                messages(user, channel.get(), partition.getLong("bucket"), from, limit, found);
            }
        }
        return found;
    }

    private void messages(
            UserId user, ChannelRow channel, long bucket, long from, int limit, List<ServerFrame.Message> into) {
        long after = from;
        while (into.size() < limit) {
            List<Long> seqs = cql
                    .read(
                            cql.bind(
                                    AUTHORED,
                                    channel.name(),
                                    channel.epoch(),
                                    user.value(),
                                    bucket,
                                    after,
                                    channel.head()),
                            limit,
                            atMost(limit))
                    .stream()
                    .map(row -> row.getLong("seq"))
                    .toList();
            if (seqs.isEmpty()) {
                return;
            }
            new MessageReader(cql, channel)
                    .of(seqs).stream()
                            .filter(message -> message.deleted() == null)
                            .limit(limit - into.size())
                            .forEach(into::add);
            after = seqs.getLast();
        }
    }

    @Override
    public List<Reaction> reactions(UserId user, @Nullable Reaction after, int limit) {
        List<Row> rows = cql.read(
                cql.bind(
                        REACTION_OF,
                        user.value(),
                        after == null ? "" : after.channel().value()),
                MessageReader.MOST_ROWS,
                row -> false);
        Map<ChannelName, List<Row>> byChannel = new HashMap<>();
        rows.forEach(row -> byChannel
                .computeIfAbsent(Newest.channelOf(row), none -> new ArrayList<>())
                .add(row));
        List<Reaction> found = new ArrayList<>();
        ChannelRow.find(cql, byChannel.keySet()).forEach((name, channel) -> {
            if (channel.live()) {
                new Newest(cql, channel)
                                .of(
                                        ofLife(byChannel.getOrDefault(name, List.of()), channel),
                                        row -> List.of(row.getLong("target"), Columns.text(row, "emoji")))
                                .stream()
                                .filter(row -> !row.getBoolean("gone"))
                                .map(row -> new Reaction(
                                        name,
                                        row.getLong("target"),
                                        new Emoji(Columns.text(row, "emoji")),
                                        row.getLong("ts")))
                                .forEach(found::add);
            }
        });
        return found.stream()
                .sorted(IN_ORDER)
                .filter(reaction -> after == null || IN_ORDER.compare(reaction, after) > 0)
                .limit(limit)
                .toList();
    }

    private static List<Row> ofLife(List<Row> rows, ChannelRow channel) {
        return rows.stream()
                .filter(row -> Columns.text(row, "channel").equals(channel.name())
                        && Columns.text(row, "epoch").equals(channel.epoch()))
                .toList();
    }

    private static Predicate<Row> atMost(int most) {
        int[] seen = {0};
        return row -> ++seen[0] >= most;
    }

    private static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
