package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.channel.ChannelDirectory.Standing;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Memberships from Cassandra. A user's list of channels is sorted by their newest event, which
 * changes with every message, so no table is sorted by it. All channels of the user are read, with a
 * few requests each and as many at a time as may be in flight, and sorted here. {@link
 * #MOST_CHANNELS} bounds that: a user of more channels does not see those that come last by name.
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

    /** Such a channel, with what the user is in it. */
    private record Own(Listed listed, Supplier<Standing> standing) {
        ChannelName name() {
            return listed.channel().state().name();
        }
    }

    @Override
    public Optional<Member> find(ChannelName channel, UserId user) {
        return ChannelRow.find(cql, channel).flatMap(row -> UserRows.member(cql, row, user));
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
        List<Own> own = channelsOf(user).stream()
                .filter(one -> !one.channel().state().archived())
                .map(one -> new Own(one, UserRows.startStanding(cql, one.channel(), user)))
                .toList();
        Map<ChannelName, Long> used = OwnActivity.of(
                cql,
                user,
                own.stream().collect(Collectors.toMap(one -> one.listed().channel(), Own::standing)));
        Comparator<Own> lastUsedFirst =
                Comparator.comparingLong(one -> -used.getOrDefault(one.name(), Long.MIN_VALUE + 1));
        List<Own> listed = own.stream()
                .sorted(lastUsedFirst.thenComparing(Own::listed, NEWEST_FIRST))
                .limit(limit)
                .toList();
        List<UserRows> rows = rows(user, listed.stream().map(Own::listed).toList());
        BlockList blocks = new BlockList(cql, user);
        List<ServerFrame.Membership> memberships = new ArrayList<>(listed.size());
        for (int i = 0; i < listed.size(); i++) {
            ChannelState channel = listed.get(i).listed().channel().state();
            UserRows.Unread unread = rows.get(i).unread(blocks);
            memberships.add(new ServerFrame.Membership(
                    channel.name(),
                    channel.epoch(),
                    channel.head(),
                    unread.read(),
                    unread.events(),
                    unread.mentions(),
                    listed.get(i).standing().get().joined()));
        }
        return memberships;
    }

    @Override
    public List<Summary> summaries(UserId user, @Nullable Place after, int limit) {
        List<Listed> listed = channelsOf(user).stream()
                .filter(one -> after == null || isAfter(one.channel().state(), after))
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
        List<UserRows> rows = rows(user, listed);
        List<Supplier<Standing>> standings = standings(user, listed);
        BlockList blocks = new BlockList(cql, user);
        List<Summary> summaries = new ArrayList<>(listed.size());
        for (int i = 0; i < listed.size(); i++) {
            Listed one = listed.get(i);
            UserRows.Unread unread = rows.get(i).unread(blocks);
            long first = Floor.of(cql, one.channel()).first();
            summaries.add(new Summary(
                    one.channel().state(),
                    Columns.role(one.membership()),
                    standings.get(i).get().joined(),
                    unread.read(),
                    unread.events(),
                    unread.mentions(),
                    new MessageReader(cql, one.channel())
                            .newest()
                            .filter(message -> message.seq() >= first)
                            .orElse(null)));
        }
        return summaries;
    }

    private List<Supplier<Standing>> standings(UserId user, List<Listed> listed) {
        return listed.stream()
                .map(one -> UserRows.startStanding(cql, one.channel(), user))
                .toList();
    }

    private List<UserRows> rows(UserId user, List<Listed> listed) {
        return listed.stream()
                .map(one -> new UserRows(cql, one.channel(), user))
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
            if (!channel.live()) {
                return;
            }
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

    private static boolean isAfter(ChannelState channel, Place place) {
        return channel.active() < place.active()
                || (channel.active() == place.active()
                        && channel.name().value().compareTo(place.channel().value()) > 0);
    }
}
