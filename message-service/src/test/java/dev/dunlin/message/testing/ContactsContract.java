package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.contact.Contacts.Blocked;
import dev.dunlin.message.contact.Contacts.Pair;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.Block;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.PurgeChannel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link Contacts} does. */
public abstract class ContactsContract extends StoreContract {
    private final UserId carol = new UserId("carol-" + suffix);

    @Test
    public void blocksAreListedInTheOrderOfTheirIdsAndKeepTheirTime() {
        contacts().block(alice, carol, 1);
        contacts().block(alice, bob, 2);
        contacts().block(alice, bob, 3);
        contacts().block(bob, carol, 4);

        assertThat(contacts().blocked(alice, null, 10)).containsExactly(new Blocked(bob, 2), new Blocked(carol, 1));
        assertThat(contacts().blocked(alice, null, 1)).containsExactly(new Blocked(bob, 2));
        assertThat(contacts().blocked(alice, bob, 10)).containsExactly(new Blocked(carol, 1));
        assertThat(contacts().blocking(carol, List.of(alice, bob, carol))).containsExactlyInAnyOrder(alice, bob);

        contacts().unblock(alice, carol);
        assertThat(contacts().blocked(alice, null, 10)).containsExactly(new Blocked(bob, 2));
        assertThat(contacts().blocking(carol, List.of(alice))).isEmpty();
    }

    @Test
    public void whoBlocksWhomIsFoundForManyPairsAtOnce() {
        contacts().block(alice, bob, 1);
        contacts().block(carol, alice, 1);

        assertThat(contacts()
                        .blocking(Set.of(
                                new Pair(alice, bob),
                                new Pair(bob, alice),
                                new Pair(alice, carol),
                                new Pair(carol, alice),
                                new Pair(carol, bob))))
                .containsExactlyInAnyOrder(new Pair(alice, bob), new Pair(carol, alice));
        assertThat(contacts().blocking(Set.of())).isEmpty();
    }

    @Test
    public void aContactIsWhoHasWrittenInADirectChannelThatIsThere() {
        ChannelName withBob = ChannelName.direct(alice, bob).orElseThrow();
        ChannelName withCarol = ChannelName.direct(alice, carol).orElseThrow();
        run(bob, withBob, message("a", "hi"));
        run(alice, withCarol, message("a", "hi"));

        assertThat(contacts().contacts(alice, List.of(alice, bob, carol))).containsExactly(bob);
        assertThat(contacts().contacts(bob, List.of(alice))).isEmpty();
        assertThat(contacts().contacts(carol, List.of(alice))).containsExactly(alice);

        runAsServer(withBob, new PurgeChannel());
        assertThat(contacts().contacts(alice, List.of(bob))).isEmpty();
    }

    @Test
    public void mentionsByWhomAUserBlocksDoNotCount() {
        run(alice, group, new CreateChannel(null, List.of(bob, carol)));
        run(alice, group, message("a", "@" + bob));
        run(carol, group, message("b", "@" + bob));
        assertThat(mentionsOfBob()).isEqualTo(2);

        contacts().block(bob, carol, 1);
        assertThat(mentionsOfBob()).isEqualTo(1);

        contacts().unblock(bob, carol);
        assertThat(mentionsOfBob()).isEqualTo(2);
    }

    @Test
    public void bothOfADirectChannelAreSeenAsBlocked() {
        ChannelName direct = ChannelName.direct(alice, bob).orElseThrow();
        run(bob, direct, message("a", "hi"));
        assertThat(blocked(direct, bob)).isFalse();

        run(alice, direct, new Block(true));
        assertThat(blocked(direct, bob)).isTrue();
        assertThat(blocked(direct, alice)).isTrue();

        run(alice, direct, new Block(false));
        assertThat(blocked(direct, bob)).isFalse();
    }

    private boolean blocked(ChannelName channel, UserId user) {
        return store().directory().find(channel, user).orElseThrow().standing().blocked();
    }

    private long mentionsOfBob() {
        return store().memberships().ofUser(bob, 10).stream()
                .mapToLong(ServerFrame.Membership::mentions)
                .sum();
    }

    private Contacts contacts() {
        return store().contacts();
    }
}
