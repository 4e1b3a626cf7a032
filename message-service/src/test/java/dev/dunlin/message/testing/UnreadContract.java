package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.http.UnreadList;
import dev.dunlin.protocol.http.UnreadQuery;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.ArchiveChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.PurgeChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.ChannelCommand.UpdateChannel;
import dev.dunlin.protocol.kafka.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How {@link ChannelDirectory} and {@link Memberships} count what a user has not read, and list
 * channels.
 */
public abstract class UnreadContract extends StoreContract {
    @Test
    public void eventsOfOthersCountAndOnesOwnDoNot() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "1"));
        run(bob, group, message("b", "2"));
        run(bob, group, new React(1, new Emoji("x"), false));
        run(alice, group, message("c", "4"));

        assertUnread(alice, 0, 2, 0);
        assertUnread(bob, 0, 2, 0);

        run(bob, group, new Mark(Mark.Kind.READ, 1));
        assertUnread(bob, 1, 1, 0);

        run(bob, group, new Mark(Mark.Kind.READ, 4));
        assertUnread(bob, 4, 0, 0);
    }

    @Test
    public void whoJoinsLaterHasNothingUnreadOfBefore() {
        UserId carol = new UserId("carol-" + suffix);
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "@" + carol));
        run(alice, group, new AddMember(carol, Role.MEMBER));

        assertUnread(carol, 2, 0, 0);

        run(alice, group, message("b", "hello @" + carol));
        assertUnread(carol, 2, 1, 1);
    }

    @Test
    public void unreadMentionsAreCountedAsTheMessagesAreNow() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "@" + bob + " @" + alice));
        run(alice, group, message("b", "nothing"));
        run(alice, group, message("c", "@" + bob));
        assertUnread(bob, 0, 3, 2);
        assertUnread(alice, 0, 0, 0);

        run(alice, group, new Edit(2, text("@" + bob + " too")));
        run(alice, group, new Delete(3));
        assertUnread(bob, 0, 5, 2);

        run(bob, group, new Mark(Mark.Kind.READ, 1));
        assertUnread(bob, 1, 4, 1);
    }

    @Test
    public void whatUsersAreInManyChannelsComesAtOnce() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "1"));
        run(bob, group, new Mark(Mark.Kind.READ, 1));
        run(alice, room, message("b", "2"));
        UserId carol = new UserId("carol-" + suffix);

        Map<Asked, ChannelDirectory.Standing> standings = store().directory()
                .standings(List.of(
                        new Asked(group, alice),
                        new Asked(group, bob),
                        new Asked(group, bob),
                        new Asked(group, carol),
                        new Asked(room, carol),
                        new Asked(new ChannelName("group:none-" + suffix), alice)));

        assertThat(standings.values())
                .allSatisfy(standing -> assertThat(standing.channel().head()).isEqualTo(1));
        assertThat(standings.entrySet())
                .extracting(
                        entry -> entry.getKey().user(),
                        entry -> entry.getValue().channel().name(),
                        entry -> entry.getValue().role(),
                        entry -> entry.getValue().read())
                .containsExactlyInAnyOrder(
                        tuple(alice, group, Role.OWNER, 0L),
                        tuple(bob, group, Role.MEMBER, 1L),
                        tuple(carol, group, null, 0L),
                        tuple(carol, room, null, 0L));
    }

    @Test
    public void mentionsComeWithTheMessageInHistory() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "@" + bob));
        run(alice, group, message("b", "x"));

        assertThat(store().history().messagesAfter(group, 0, 10))
                .extracting(ServerFrame.Message::mentions)
                .containsExactly(List.of(bob), null);

        run(alice, group, new Edit(1, text("nobody")));

        assertThat(store().history().messagesAfter(group, 0, 1).getFirst().mentions())
                .isNull();
    }

    @Test
    public void aDeletedMessageLeavesNoDataInTheRawLog() {
        run(alice, room, message("a", "secret one"));
        run(alice, room, new Edit(1, text("secret two")));
        run(alice, room, message("b", "stays"));
        run(alice, room, new Delete(1));

        List<ServerFrame.LogEvent> events = store().history().events(room, 0, 10);

        assertThat(events.toString()).doesNotContain("secret").contains("stays");
        assertThat(events).extracting(ServerFrame.LogEvent::seq).containsExactly(1L, 2L, 3L, 4L);
        ServerFrame.Message message = (ServerFrame.Message) events.get(0);
        assertThat(message.deleted()).isTrue();
        assertThat(message.data().isNull()).isTrue();
        assertThat(message.id().value()).isEqualTo("a");
        ServerFrame.Edited edited = (ServerFrame.Edited) events.get(1);
        assertThat(edited.deleted()).isTrue();
        assertThat(edited.data().isNull()).isTrue();
        assertThat(edited.by()).isEqualTo(alice);
    }

    @Test
    public void channelsAreListedNewestFirstAndPagedWithoutTiesOrHoles() {
        List<ChannelName> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ChannelName channel = new ChannelName("group:" + suffix + "-" + i);
            // all at the same time
            at(9_000, alice, Grant.NONE, channel, new CreateChannel(null, List.of()));
            expected.add(channel);
        }
        at(9_001, alice, Grant.NONE, expected.get(3), message("a", "newest"));
        expected.addFirst(expected.remove(3));

        List<ChannelName> listed = new ArrayList<>();
        Memberships.@Nullable Place after = null;
        List<Memberships.Summary> page = store().memberships().summaries(alice, after, 2);
        while (!page.isEmpty()) {
            page.forEach(summary -> listed.add(summary.channel().name()));
            page = store().memberships().summaries(alice, page.getLast().place(), 2);
        }

        assertThat(listed).isEqualTo(expected);
    }

    /** Whatever happens in the channels of some users: the sum is the one of their lists. */
    @Test
    public void whatUsersHaveNotReadInAllIsTheSumOverTheirLists() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<UserId> users = List.of(alice, bob, new UserId("carol-" + suffix));
        List<ChannelName> channels = IntStream.range(0, 4)
                .mapToObj(i -> new ChannelName("group:" + suffix + "-" + i))
                .toList();
        for (ChannelName channel : channels) {
            run(alice, channel, new CreateChannel(null, List.of(bob)));
        }
        for (int i = 0; i < 80; i++) {
            UserId user = users.get(random.nextInt(users.size()));
            ChannelName channel = channels.get(random.nextInt(channels.size()));
            UserId other = users.get(random.nextInt(users.size()));
            switch (random.nextInt(12)) {
                case 0 -> runAsServer(channel, new AddMember(other, Role.MEMBER));
                case 1 -> runAsServer(channel, new RemoveMember(other));
                case 2 -> runAsServer(channel, i % 5 == 0 ? new ArchiveChannel() : new UpdateChannel("t" + i, false));
                case 3, 4 -> run(user, channel, new Mark(Mark.Kind.READ, random.nextLong(10)));
                case 5 -> run(user, channel, new Edit(random.nextLong(10), text("edited")));
                case 6 -> run(user, channel, new React(random.nextLong(10), new Emoji("x"), false));
                default -> run(user, channel, message("m" + i, "@" + other));
            }
        }
        runAsServer(channels.getLast(), new PurgeChannel());
        for (ChannelName channel : channels.subList(0, 2)) {
            runAsServer(channel, new UpdateChannel(null, false));
            runAsServer(channel, new AddMember(bob, Role.MEMBER));
            runAsServer(channel, message("last", "whatever happened before"));
        }

        List<UserId> all = new ArrayList<>(users);
        all.add(new UserId("nobody-" + suffix));
        Set<UnreadQuery.Asked> asked = new HashSet<>();
        Map<UnreadQuery.Asked, UnreadList.Unread> expected = new HashMap<>();
        for (UserId user : all) {
            Map<ChannelName, Long> listed = listed(user);
            for (ChannelName channel : channels) {
                UnreadQuery.Asked one = new UnreadQuery.Asked(user, channel);
                asked.add(one);
                long sum = listed.values().stream().mapToLong(Long::longValue).sum();
                expected.put(one, new UnreadList.Unread(sum, listed.getOrDefault(channel, 0L)));
            }
        }

        assertThat(store().memberships().unread(asked)).as("seed %d", seed).isEqualTo(expected);
        assertThat(expected.values()).anyMatch(unread -> unread.all() > unread.channel() && unread.channel() > 0);
        assertThat(store().memberships().unread(Set.of())).isEmpty();
    }

    /** What each page of the list says, by channel. */
    private Map<ChannelName, Long> listed(UserId user) {
        Map<ChannelName, Long> listed = new HashMap<>();
        Memberships.@Nullable Place after = null;
        List<Memberships.Summary> page = store().memberships().summaries(user, after, 2);
        while (!page.isEmpty()) {
            page.forEach(one -> listed.put(one.channel().name(), one.unread()));
            page = store().memberships().summaries(user, page.getLast().place(), 2);
        }
        return listed;
    }

    @Test
    public void archivedChannelsCountAndThoseThatTheUserLeftDoNot() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "1"));
        run(alice, group, message("b", "2"));
        run(alice, room, message("a", "no member"));
        assertThat(unread(bob, group)).isEqualTo(new UnreadList.Unread(2, 2));
        assertThat(unread(bob, room)).isEqualTo(new UnreadList.Unread(2, 0));
        assertThat(unread(alice, group)).isEqualTo(new UnreadList.Unread(0, 0));

        run(alice, group, new ArchiveChannel());
        assertThat(store().directory().find(group, bob).orElseThrow().channel().archived())
                .isTrue();
        assertThat(unread(bob, group)).isEqualTo(new UnreadList.Unread(2, 2));

        run(alice, group, new UpdateChannel(null, false));
        run(bob, group, new RemoveMember(bob));
        assertThat(unread(bob, group)).isEqualTo(new UnreadList.Unread(0, 0));
    }

    private UnreadList.@Nullable Unread unread(UserId user, ChannelName channel) {
        UnreadQuery.Asked asked = new UnreadQuery.Asked(user, channel);
        return store().memberships().unread(Set.of(asked)).get(asked);
    }

    /** All three say the same. */
    private void assertUnread(UserId user, long read, long unread, long mentions) {
        ChannelDirectory.Entry entry = store().directory().find(group, user).orElseThrow();
        assertThat(List.of(entry.read(), entry.unread(), entry.mentions())).containsExactly(read, unread, mentions);
        Memberships.Summary summary =
                store().memberships().summaries(user, null, 10).getFirst();
        assertThat(List.of(summary.read(), summary.unread(), summary.mentions()))
                .containsExactly(read, unread, mentions);
        ServerFrame.Membership membership =
                store().memberships().ofUser(user, 10).getFirst();
        assertThat(List.of(membership.read(), membership.unread(), membership.mentions()))
                .containsExactly(read, unread, mentions);
    }
}
