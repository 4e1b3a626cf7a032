package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MemberPage.Member;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.ArchiveChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How {@link Memberships} tells who belongs to a channel, and to which channels a user belongs. */
public abstract class MembershipsContract extends StoreContract {
    @Test
    public void theCreatorOwnsTheChannelAndTheNamedAreMembers() {
        run(alice, group, new CreateChannel(null, List.of(bob)));

        assertThat(memberships().find(group, alice)).map(Member::role).contains(Role.OWNER);
        assertThat(memberships().find(group, bob)).map(Member::role).contains(Role.MEMBER);
        assertThat(memberships().find(group, new UserId("stranger-" + suffix))).isEmpty();
        assertThat(memberships().find(new ChannelName("group:none-" + suffix), alice))
                .isEmpty();
    }

    @Test
    public void whoLeavesIsNoMemberAndWhoJoinsAgainIsANewMember() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        long first = memberships().find(group, bob).orElseThrow().since();

        run(alice, group, new RemoveMember(bob));
        assertThat(memberships().find(group, bob)).isEmpty();
        assertThat(memberships().page(group, null, 10)).extracting(Member::user).containsExactly(alice);
        assertThat(memberships().ofUser(bob, 10)).isEmpty();
        assertThat(memberships().summaries(bob, null, 10)).isEmpty();

        run(alice, group, new AddMember(bob, Role.OWNER));
        Member again = memberships().find(group, bob).orElseThrow();
        assertThat(again.role()).isEqualTo(Role.OWNER);
        assertThat(again.since()).isGreaterThan(first);
        assertThat(memberships().ofUser(bob, 10))
                .extracting(ServerFrame.Membership::channel)
                .containsExactly(group);
    }

    @Test
    public void channelsThatOthersMakeDoNotComeBeforeThoseThatTheUserUsed() {
        ChannelName written = new ChannelName("group:written-" + suffix);
        ChannelName seen = new ChannelName("group:seen-" + suffix);
        ChannelName added = new ChannelName("group:added-" + suffix);
        ChannelName junk = new ChannelName("group:junk-" + suffix);
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, seen, new CreateChannel(null, List.of()));
        run(alice, seen, new AddMember(bob, Role.MEMBER));
        run(alice, seen, message("a", "hi"));
        run(bob, written, new CreateChannel(null, List.of(alice)));
        run(bob, written, message("a", "hi"));
        run(alice, seen, message("b", "hi"));
        run(bob, seen, new Mark(Mark.Kind.READ, 3));
        run(alice, added, new CreateChannel(null, List.of()));
        run(alice, added, new AddMember(bob, Role.OWNER));
        run(alice, junk, new CreateChannel(null, List.of(bob)));
        run(alice, junk, message("a", "buy"));

        assertThat(memberships().ofUser(bob, 10))
                .extracting(ServerFrame.Membership::channel)
                .containsExactly(seen, written, junk, added, group);
        assertThat(memberships().ofUser(bob, 2))
                .extracting(ServerFrame.Membership::channel)
                .containsExactly(seen, written);
    }

    @Test
    public void theOnlyOwnerIsKnownWhoeverOwnedBefore() {
        UserId carol = new UserId("carol-" + suffix);
        run(alice, group, new CreateChannel(null, List.of(bob, carol)));
        assertThat(run(alice, group, new RemoveMember(alice))).isInstanceOf(Outcome.Refused.class);

        run(alice, group, new AddMember(bob, Role.OWNER));
        assertThat(run(alice, group, new RemoveMember(alice))).isInstanceOf(Outcome.Appended.class);

        assertThat(run(bob, group, new AddMember(bob, Role.MEMBER))).isInstanceOf(Outcome.Refused.class);
        assertThat(run(bob, group, new RemoveMember(bob, alice))).isInstanceOf(Outcome.Refused.class);
        assertThat(run(bob, group, new RemoveMember(bob, carol))).isInstanceOf(Outcome.Appended.class);
        assertThat(memberships().page(group, null, 10)).extracting(Member::user).containsExactly(carol);
        assertThat(memberships().find(group, carol)).map(Member::role).contains(Role.OWNER);
    }

    @Test
    public void whoSharesADirectChannelIsFoundAsLongAsBothAreInIt() {
        UserId carol = new UserId("carol-" + suffix);
        UserId dave = new UserId("dave-" + suffix);
        ChannelName withBob = ChannelName.direct(alice, bob).orElseThrow();
        ChannelName withCarol = ChannelName.direct(alice, carol).orElseThrow();
        run(alice, withCarol, message("a", "hi"));
        run(bob, withBob, message("a", "hi"));
        run(alice, group, new CreateChannel(null, List.of(dave)));

        assertThat(memberships().sharingDirect(alice, List.of(bob, carol, dave, alice)))
                .containsExactlyInAnyOrder(bob, carol);
        assertThat(memberships().sharingDirect(bob, List.of(alice, carol))).containsExactly(alice);
        assertThat(memberships().directs(alice, 10)).containsExactly(bob, carol);
        assertThat(memberships().directs(alice, 1)).containsExactly(bob);
        assertThat(memberships().directs(dave, 10)).isEmpty();
    }

    @Test
    public void whoSharesAChannelOfTheseNamespacesIsFound() {
        UserId carol = new UserId("carol-" + suffix);
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(carol, new ChannelName("group:other-" + suffix), new CreateChannel(null, List.of()));

        assertThat(memberships().sharing(alice, List.of(bob, carol), Set.of("group")))
                .containsExactly(bob);
        assertThat(memberships().sharing(alice, List.of(bob, carol), Set.of("room")))
                .isEmpty();
        assertThat(memberships().sharing(carol, List.of(alice, bob), Set.of("group")))
                .isEmpty();
        run(alice, group, new RemoveMember(bob));
        assertThat(memberships().sharing(alice, List.of(bob), Set.of("group"))).isEmpty();
    }

    @Test
    public void membersArePagedInTheOrderOfTheirIds() {
        List<UserId> expected = new ArrayList<>();
        run(alice, group, new CreateChannel(null, List.of()));
        for (int i = 6; i >= 0; i--) {
            UserId user = new UserId("user-" + i + "-" + suffix);
            run(alice, group, new AddMember(user, Role.MEMBER));
            expected.addFirst(user);
        }
        expected.addFirst(alice);

        for (int limit : List.of(1, 3, 4, 100)) {
            List<UserId> seen = new ArrayList<>();
            @Nullable UserId after = null;
            List<Member> page = memberships().page(group, after, limit);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(limit);
                page.forEach(member -> seen.add(member.user()));
                after = seen.getLast();
                page = memberships().page(group, after, limit);
            }
            assertThat(seen).as("pages of %d", limit).isEqualTo(expected);
        }
    }

    @Test
    public void anArchivedChannelIsListedAndDoesNotWelcome() {
        ChannelName other = new ChannelName("group:other-" + suffix);
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, other, new CreateChannel(null, List.of(bob)));
        run(alice, group, new ArchiveChannel());

        assertThat(memberships().ofUser(bob, 10))
                .extracting(ServerFrame.Membership::channel)
                .containsExactly(other);
        assertThat(memberships().summaries(bob, null, 10))
                .extracting(summary -> summary.channel().name())
                .containsExactlyInAnyOrder(group, other);
    }

    @Test
    public void theListShowsTheNewestMessageOfEachChannel() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        assertThat(memberships().summaries(bob, null, 10).getFirst().newest()).isNull();

        run(alice, group, message("a", "first"));
        run(alice, group, message("b", "second"));
        run(alice, group, new AddMember(new UserId("carol-" + suffix), Role.MEMBER));

        ServerFrame.Message newest = Objects.requireNonNull(
                memberships().summaries(bob, null, 10).getFirst().newest());
        assertThat(newest.data()).isEqualTo(text("second"));
        assertThat(newest.from()).isEqualTo(alice);
    }

    @Test
    public void aDirectChannelBelongsToTheTwoInItsName() {
        ChannelName direct = new ChannelName("dm:" + alice + ":" + bob);
        run(bob, direct, message("a", "hello"));

        assertThat(memberships().page(direct, null, 10))
                .extracting(Member::user)
                .containsExactly(alice, bob);
        assertThat(memberships().ofUser(alice, 10))
                .extracting(ServerFrame.Membership::channel)
                .containsExactly(direct);
    }

    @Test
    public void theChannelsOfManyUsersAreThoseOfEach() {
        UserId carol = new UserId("carol-" + suffix);
        UserId stranger = new UserId("stranger-" + suffix);
        ChannelName other = new ChannelName("group:other-" + suffix);
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(bob, other, new CreateChannel(null, List.of(carol)));
        run(bob, other, message("a", "hi"));

        Map<UserId, List<ServerFrame.Membership>> all = memberships().ofUsers(Set.of(alice, bob, carol, stranger), 10);

        assertThat(all).containsOnlyKeys(alice, bob, carol, stranger);
        assertThat(all.get(bob)).hasSize(2);
        assertThat(all.get(stranger)).isEmpty();
        all.forEach(
                (user, channels) -> assertThat(channels).isEqualTo(memberships().ofUser(user, 10)));
        assertThat(memberships().ofUsers(Set.of(alice, bob), 1).get(bob))
                .extracting(ServerFrame.Membership::channel)
                .containsExactly(other);
    }

    private Memberships memberships() {
        return store().memberships();
    }
}
