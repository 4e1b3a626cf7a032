package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.userdata.Erasures.Erasure;
import dev.dunlin.message.userdata.UserData;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.ForgetMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link UserData} and every {@link dev.dunlin.message.userdata.Erasures} keeps. */
public abstract class UserDataContract extends StoreContract {
    @Test
    public void allThatAUserDidIsFoundInOrderAndPaged() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(bob, group, message("a", "1"));
        run(alice, group, message("a", "2"));
        run(bob, group, message("b", "3"));
        run(bob, group, message("c", "4"));
        run(bob, group, new Delete(4));
        run(bob, room, message("a", "1"));
        run(bob, room, new React(1, new Emoji("x"), false));
        run(bob, room, new React(1, new Emoji("y"), false));
        run(bob, room, new Mark(Mark.Kind.READ, 1));

        List<ServerFrame.Message> messages = store().userData().messages(bob, null, 2);
        assertThat(messages).extracting(ServerFrame.Message::channel).containsExactly(group, group);
        assertThat(messages).extracting(ServerFrame.Message::seq).containsExactly(1L, 3L);
        assertThat(store().userData().messages(bob, new UserData.Place(group, 3), 2))
                .extracting(ServerFrame.Message::channel)
                .containsExactly(room);

        List<UserData.Reaction> reactions = store().userData().reactions(bob, null, 1);
        assertThat(reactions).extracting(reaction -> reaction.emoji().value()).containsExactly("x");
        assertThat(store().userData().reactions(bob, reactions.getFirst(), 9))
                .extracting(reaction -> reaction.emoji().value())
                .containsExactly("y");

        List<UserData.Belonging> belongings = store().userData().belongings(bob, null, 9);
        assertThat(belongings).extracting(UserData.Belonging::channel).containsExactly(group, room);
        assertThat(belongings).extracting(UserData.Belonging::role).containsExactly(Role.MEMBER, null);
        assertThat(belongings).extracting(UserData.Belonging::read).containsExactly(0L, 1L);
        assertThat(store().userData().belongings(bob, group, 9)).hasSize(1);
    }

    @Test
    public void aForgottenMemberHasNoMarksLeft() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "1"));
        run(bob, group, new Mark(Mark.Kind.READ, 1));

        runAsServer(group, new ForgetMember(bob));

        assertThat(store().userData().belongings(bob, null, 9)).isEmpty();
        assertThat(store().history().receipts(group, null, 9)).isEmpty();
    }

    @Test
    public void anErasureIsListedUntilItIsFinishedAndMayBeginAgain() {
        Erasure asked = store().erasures().request(bob, 1_000);
        assertThat(asked).isEqualTo(new Erasure(bob, 1_000, null, 0, 0, 0));

        store().erasures().save(new Erasure(bob, 1_000, null, 3, 2, 1));
        assertThat(store().erasures().request(bob, 2_000)).isEqualTo(new Erasure(bob, 1_000, null, 3, 2, 1));

        Erasure done = new Erasure(bob, 1_000, 3_000L, 3, 2, 1);
        store().erasures().save(done);
        assertThat(store().erasures().find(bob)).contains(done);
        assertThat(store().erasures().request(bob, 4_000)).isEqualTo(new Erasure(bob, 4_000, null, 0, 0, 0));
        store().erasures().save(new Erasure(bob, 4_000, 5_000L, 0, 0, 0));
        assertThat(store().erasures().find(alice)).isEmpty();
    }
}
