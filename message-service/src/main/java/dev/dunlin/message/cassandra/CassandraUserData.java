package dev.dunlin.message.cassandra;

import dev.dunlin.message.userdata.UserData;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data of a user, from the tables whose partition is the user. */
final class CassandraUserData implements UserData {
    private static final Comparator<Reaction> IN_ORDER = Comparator.comparing(
                    (Reaction reaction) -> reaction.channel().value())
            .thenComparingLong(Reaction::target)
            .thenComparing(reaction -> reaction.emoji().value(), CassandraUserData::compareBytes);

    private final Tables tables;

    CassandraUserData(Tables tables) {
        this.tables = tables;
    }

    @Override
    public List<Belonging> belongings(UserId user, @Nullable ChannelName after, int limit) {
        String from = after == null ? "" : after.value();
        // Some of the channels may be left or deleted, so more are read than asked for, and again
        // if
        // that was not enough.
        for (int most = 2 * limit + 10; ; most *= 4) {
            List<ChannelOfTable.Stored> memberships = tables.channelsOf().after(user, from, most);
            List<ChannelName> marks = tables.marksOf().after(user, from, most);
            boolean all = memberships.size() < most && marks.size() < most;
            TreeSet<String> names = new TreeSet<>();
            memberships.forEach(membership -> names.add(membership.channel().value()));
            marks.forEach(channel -> names.add(channel.value()));
            if (!all) {
                names.tailSet(firstIncomplete(memberships, marks, most), true).clear();
            }
            List<Belonging> found = belongings(user, names, memberships, limit);
            if (all || found.size() == limit) {
                return found;
            }
        }
    }

    /** Both lists are whole up to before this name. */
    private static String firstIncomplete(List<ChannelOfTable.Stored> memberships, List<ChannelName> marks, int most) {
        return Stream.of(
                        memberships.stream().map(ChannelOfTable.Stored::channel).toList(), marks)
                .filter(names -> names.size() >= most)
                .map(names -> names.getLast().value())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private List<Belonging> belongings(
            UserId user, Set<String> names, List<ChannelOfTable.Stored> memberships, int limit) {
        Map<ChannelName, ChannelRow> channels =
                tables.channels().find(names.stream().map(ChannelName::new).toList());
        List<Belonging> found = new ArrayList<>();
        for (String name : names) {
            ChannelRow channel = channels.get(new ChannelName(name));
            if (channel != null && channel.live() && found.size() < limit) {
                belonging(user, channel, memberships).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Belonging> belonging(UserId user, ChannelRow channel, List<ChannelOfTable.Stored> memberships) {
        Optional<ChannelOfTable.Stored> member = new Newest(tables, channel)
                        .present(
                                memberships.stream()
                                        .filter(one -> one.isIn(channel))
                                        .toList(),
                                ChannelOfTable.Stored::channel)
                        .stream()
                        .findFirst();
        Optional<MarkTable.Stored> mark = tables.marks().start(channel, user).first();
        long read = mark.map(found -> found.read(channel.head())).orElse(0L);
        long received = mark.map(found -> found.received(channel.head())).orElse(0L);
        return member.isPresent() || read > 0 || received > 0
                ? Optional.of(new Belonging(
                        channel.state().name(),
                        member.map(ChannelOfTable.Stored::role).orElse(null),
                        member.map(ChannelOfTable.Stored::since).orElse(null),
                        read,
                        received))
                : Optional.empty();
    }

    @Override
    public List<ServerFrame.Message> messages(UserId user, @Nullable Place after, int limit) {
        List<ServerFrame.Message> found = new ArrayList<>();
        List<AuthoredInTable.Stored> authored = tables.authoredIn()
                .from(user, after == null ? "" : after.channel().value());
        Map<ChannelName, Optional<ChannelRow>> channels = new HashMap<>();
        for (AuthoredInTable.Stored stored : authored) {
            Optional<ChannelRow> channel = channels.computeIfAbsent(
                            stored.channel(), name -> tables.channels().find(name))
                    .filter(ChannelRow::live)
                    .filter(stored::isIn);
            if (channel.isPresent() && found.size() < limit) {
                long from = after != null && after.channel().equals(stored.channel()) ? after.seq() : 0;
                messages(user, channel.get(), stored.bucket(), from, limit, found);
            }
        }
        return found;
    }

    private void messages(
            UserId user, ChannelRow channel, long bucket, long from, int limit, List<ServerFrame.Message> into) {
        long after = from;
        while (into.size() < limit) {
            List<Long> seqs = tables.authored().after(channel, user, bucket, after, limit);
            if (seqs.isEmpty()) {
                return;
            }
            new MessageReader(tables, channel)
                    .of(seqs).stream()
                            .filter(message -> message.deleted() == null)
                            .limit(limit - into.size())
                            .forEach(into::add);
            after = seqs.getLast();
        }
    }

    @Override
    public List<Reaction> reactions(UserId user, @Nullable Reaction after, int limit) {
        Map<ChannelName, List<ReactionOfTable.Stored>> byChannel =
                tables
                        .reactionsOf()
                        .from(user, after == null ? "" : after.channel().value())
                        .stream()
                        .collect(Collectors.groupingBy(ReactionOfTable.Stored::channel));
        List<Reaction> found = new ArrayList<>();
        tables.channels().find(byChannel.keySet()).forEach((name, channel) -> {
            if (channel.live()) {
                List<ReactionOfTable.Stored> ofThisLife = byChannel.getOrDefault(name, List.of()).stream()
                        .filter(reaction -> reaction.isIn(channel))
                        .toList();
                new Newest(tables, channel)
                        .present(ofThisLife, reaction -> List.of(reaction.target(), reaction.emoji()))
                        .forEach(reaction -> found.add(reaction.reaction()));
            }
        });
        return found.stream()
                .sorted(IN_ORDER)
                .filter(reaction -> after == null || IN_ORDER.compare(reaction, after) > 0)
                .limit(limit)
                .toList();
    }

    private static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
