package dev.dunlin.message.cassandra;

import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MemberPage.Member;
import dev.dunlin.protocol.http.UnreadList.Unread;
import dev.dunlin.protocol.http.UnreadQuery.Asked;
import dev.dunlin.protocol.kafka.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Memberships from Cassandra. A user's list of channels is sorted by their newest event, which
 * changes with every message, so no table is sorted by it. All channels of the user are read, with
 * a few requests each and as many at a time as may be in flight, and sorted here.
 * {@link #MAX_CHANNELS} bounds that: a user of more channels does not see those that come last by
 * name.
 */
final class CassandraMemberships implements Memberships {
    /** The most channels of one user that are read. */
    static final int MAX_CHANNELS = 5_000;

    private static final Comparator<Listed> NEWEST_FIRST = Comparator.comparing(
                    (Listed listed) -> listed.channel().state(), Comparator.comparingLong(ChannelState::active))
            .reversed()
            .thenComparing(listed -> listed.channel().name());

    private final Tables tables;

    CassandraMemberships(Tables tables) {
        this.tables = tables;
    }

    /** A channel that the user is in. */
    private record Listed(ChannelRow channel, Role role) {
        ChannelName name() {
            return channel.state().name();
        }
    }

    /** Such a channel, with the reads of what the user is in it. */
    private record Own(Listed listed, StandingReader standing) {}

    @Override
    public Optional<Member> find(ChannelName channel, UserId user) {
        return tables.channels()
                .find(channel)
                .flatMap(row -> StandingReader.findMember(tables, row, user))
                .map(MemberTable.Stored::member);
    }

    @Override
    public List<Member> page(ChannelName channel, @Nullable UserId after, int limit) {
        Optional<ChannelRow> found = tables.channels().find(channel);
        List<Member> members = new ArrayList<>();
        String from = after == null ? "" : after.value();
        while (found.isPresent() && members.size() < limit) {
            List<MemberTable.Stored> states = tables.members().page(found.get(), from, limit);
            boolean more =
                    states.stream().map(MemberTable.Stored::user).distinct().count() > limit;
            List<MemberTable.Stored> whole = more ? withoutLastUser(states) : states;
            new Newest(tables, found.get())
                    .present(whole, MemberTable.Stored::user).stream()
                            .limit(limit - members.size())
                            .forEach(member -> members.add(member.member()));
            if (!more) {
                break;
            }
            from = whole.getLast().user().value();
        }
        return members;
    }

    /** Not all states of the last user were read. */
    private static List<MemberTable.Stored> withoutLastUser(List<MemberTable.Stored> states) {
        UserId last = states.getLast().user();
        return states.stream().filter(state -> !state.user().equals(last)).toList();
    }

    @Override
    public List<ServerFrame.Membership> ofUser(UserId user, int limit) {
        List<Own> own = lastUsed(user, limit);
        List<UnreadReader> reads =
                startUnread(user, own.stream().map(Own::listed).toList());
        BlockList blocks = new BlockList(tables.blocks(), user);
        List<ServerFrame.Membership> memberships = new ArrayList<>(own.size());
        for (int i = 0; i < own.size(); i++) {
            ChannelState channel = own.get(i).listed().channel().state();
            UnreadReader.Unread unread = reads.get(i).unread(blocks);
            memberships.add(new ServerFrame.Membership(
                    channel.name(),
                    channel.epoch(),
                    channel.head(),
                    unread.read(),
                    unread.events(),
                    unread.mentions(),
                    own.get(i).standing().await().joined()));
        }
        return memberships;
    }

    /** The channels that the user was active in last, then those with the newest events. */
    private List<Own> lastUsed(UserId user, int limit) {
        List<Own> own = channelsOf(user).stream()
                .filter(one -> !one.channel().state().archived())
                .map(one -> new Own(one, new StandingReader(tables, one.channel(), user)))
                .toList();
        Map<ChannelName, Long> used = new OwnActivity(tables, user)
                .in(own.stream().collect(Collectors.toMap(one -> one.listed().channel(), Own::standing)));
        Comparator<Own> lastUsedFirst =
                Comparator.comparingLong(one -> -used.getOrDefault(one.listed().name(), Long.MIN_VALUE + 1));
        return own.stream()
                .sorted(lastUsedFirst.thenComparing(Own::listed, NEWEST_FIRST))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Summary> summaries(UserId user, @Nullable Place after, int limit) {
        List<Listed> listed = channelsOf(user).stream()
                .filter(one -> after == null || isAfter(one.channel().state(), after))
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
        List<UnreadReader> reads = startUnread(user, listed);
        List<StandingReader> standings = listed.stream()
                .map(one -> new StandingReader(tables, one.channel(), user))
                .toList();
        BlockList blocks = new BlockList(tables.blocks(), user);
        List<Summary> summaries = new ArrayList<>(listed.size());
        for (int i = 0; i < listed.size(); i++) {
            UnreadReader.Unread unread = reads.get(i).unread(blocks);
            summaries.add(summary(listed.get(i), standings.get(i).await(), unread));
        }
        return summaries;
    }

    @Override
    public Map<Asked, Unread> unread(Set<Asked> asked) {
        Map<UserId, Map<ChannelName, Long>> counted =
                Together.map(asked.stream().map(Asked::user).collect(Collectors.toSet()), this::unread);
        Map<Asked, Unread> unread = new HashMap<>();
        for (Asked one : asked) {
            Map<ChannelName, Long> own = counted.getOrDefault(one.user(), Map.of());
            long all = own.values().stream().mapToLong(Long::longValue).sum();
            unread.put(one, new Unread(all, own.getOrDefault(one.channel(), 0L)));
        }
        return unread;
    }

    /** By channel. The counts of all channels are read at once. */
    private Map<ChannelName, Long> unread(UserId user) {
        List<Listed> listed = channelsOf(user);
        List<Supplier<Long>> counts = startUnread(user, listed).stream()
                .map(UnreadReader::startEvents)
                .toList();
        Map<ChannelName, Long> unread = new HashMap<>();
        for (int i = 0; i < listed.size(); i++) {
            unread.put(listed.get(i).name(), counts.get(i).get());
        }
        return unread;
    }

    @Override
    public Set<UserId> sharingDirect(UserId user, Collection<UserId> candidates) {
        Map<ChannelName, UserId> direct = ChannelName.directs(user, candidates);
        return sharingDirect(user, direct);
    }

    private Set<UserId> sharingDirect(UserId user, Map<ChannelName, UserId> direct) {
        Map<UserId, List<StandingReader>> reads = new HashMap<>();
        tables.channels().find(direct.keySet()).forEach((name, channel) -> {
            UserId other = direct.get(name);
            if (other != null && channel.live()) {
                reads.put(
                        other,
                        List.of(new StandingReader(tables, channel, user), new StandingReader(tables, channel, other)));
            }
        });
        return reads.entrySet().stream()
                .filter(one ->
                        one.getValue().stream().allMatch(read -> read.await().role() != null))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public Set<UserId> sharing(UserId user, Collection<UserId> candidates, Set<String> namespaces) {
        Set<ChannelName> own = membersOnly(user, namespaces);
        return candidates.stream()
                .filter(one -> !own.isEmpty() && !Collections.disjoint(own, membersOnly(one, namespaces)))
                .collect(Collectors.toSet());
    }

    private Set<ChannelName> membersOnly(UserId user, Set<String> namespaces) {
        return channelsOf(user).stream()
                .map(Listed::name)
                .filter(name -> namespaces.contains(name.namespace()))
                .collect(Collectors.toSet());
    }

    @Override
    public List<UserId> directs(UserId user, int limit) {
        Map<ChannelName, UserId> direct = new LinkedHashMap<>();
        channelsOf(user).stream()
                .sorted(NEWEST_FIRST)
                .map(Listed::name)
                .forEach(name -> name.directMembers().stream()
                        .filter(one -> !one.equals(user))
                        .forEach(other -> direct.put(name, other)));
        Set<UserId> sharing = sharingDirect(user, direct);
        return direct.values().stream().filter(sharing::contains).limit(limit).toList();
    }

    private Summary summary(Listed listed, Standing standing, UnreadReader.Unread unread) {
        long first = tables.retained().find(listed.channel()).first();
        return new Summary(
                listed.channel().state(),
                listed.role(),
                standing.joined(),
                unread.read(),
                unread.events(),
                unread.mentions(),
                new MessageReader(tables, listed.channel())
                        .newest()
                        .filter(message -> message.seq() >= first)
                        .orElse(null));
    }

    private List<UnreadReader> startUnread(UserId user, List<Listed> listed) {
        return listed.stream()
                .map(one -> new UnreadReader(tables, one.channel(), user))
                .toList();
    }

    private List<Listed> channelsOf(UserId user) {
        Map<ChannelName, List<ChannelOfTable.Stored>> byChannel = tables.channelsOf().first(user, MAX_CHANNELS).stream()
                .collect(Collectors.groupingBy(ChannelOfTable.Stored::channel));
        List<Listed> listed = new ArrayList<>();
        tables.channels().find(byChannel.keySet()).forEach((name, channel) -> {
            if (channel.live()) {
                List<ChannelOfTable.Stored> ofThisLife = byChannel.getOrDefault(name, List.of()).stream()
                        .filter(membership -> membership.isIn(channel))
                        .toList();
                new Newest(tables, channel)
                        .present(ofThisLife, ChannelOfTable.Stored::channel)
                        .forEach(membership -> listed.add(new Listed(channel, membership.role())));
            }
        });
        return listed;
    }

    private static boolean isAfter(ChannelState channel, Place place) {
        return channel.active() < place.active()
                || (channel.active() == place.active()
                        && channel.name().value().compareTo(place.channel().value()) > 0);
    }
}
