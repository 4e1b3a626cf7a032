package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.purge.DeletedChannels.Deleted;
import dev.dunlin.message.purge.DeletedChannels.Removed;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.FinishPurge;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.PurgeChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link dev.dunlin.message.purge.DeletedChannels} keeps. */
public abstract class DeletedChannelsContract extends StoreContract {
    @Test
    public void aDeletedChannelIsGoneForReadersAndListedForRemoval() {
        Deleted deleted = deletedGroup();

        assertThat(store().directory().find(group, alice)).isEmpty();
        assertThat(store().directory().heads(List.of(group))).isEmpty();
        assertThat(store().memberships().ofUser(alice, 10)).isEmpty();
        assertThat(store().memberships().summaries(alice, null, 10)).isEmpty();
        assertThat(store().userData().messages(alice, null, 10)).isEmpty();
        assertThat(store().deletedChannels().list(100)).contains(deleted);
    }

    @Test
    public void itsRowsGoInBatchesAndItsMembersAreAnnounced() {
        Deleted deleted = deletedGroup();
        List<UserId> members = new ArrayList<>();
        int batches = 0;
        for (Removed removed = store().deletedChannels().remove(deleted, 2);
                removed.rows() > 0;
                removed = store().deletedChannels().remove(deleted, 2)) {
            assertThat(removed.rows()).isLessThanOrEqualTo(2);
            members.addAll(removed.members());
            batches++;
        }

        assertThat(members).containsExactlyInAnyOrder(alice, bob);
        assertThat(batches).isGreaterThan(1);
        assertThat(store().history().events(group, 0, 10)).isEmpty();
        assertThat(store().memberships().page(group, null, 10)).isEmpty();
        assertThat(store().history().receipts(group, null, 10)).isEmpty();
    }

    @Test
    public void aChannelThatWasCreatedAgainIsNotTouched() {
        Deleted deleted = deletedGroup();
        while (store().deletedChannels().remove(deleted, 100).rows() > 0) {
            // until all is gone
        }
        runAsServer(group, new FinishPurge(deleted.epoch()));
        assertThat(store().deletedChannels().list(100)).doesNotContain(deleted);

        run(bob, group, new CreateChannel(null, List.of()));
        Outcome.Appended first = (Outcome.Appended) run(bob, group, message("a", "new"));

        assertThat(first.logged().event().seq()).isEqualTo(1);
        assertThat(first.epoch()).isNotEqualTo(deleted.epoch());
        assertThat(store().deletedChannels().remove(deleted, 100).rows()).isZero();
        assertThat(store().history().events(group, 0, 10)).hasSize(1);
        assertThat(store().directory().find(group, bob).orElseThrow().channel().epoch())
                .isEqualTo(first.epoch());
    }

    @Test
    public void theEpochOfAChannelIsKnownBeforeItIsThereAndAgainAfterADeletion() {
        assertThat(store().directory().epochToBe(room))
                .isEqualTo(store().directory().epochToBe(group));
        Optional<Epoch> before = store().directory().epochToBe(group);

        Deleted deleted = deletedGroup();
        assertThat(before).contains(deleted.epoch());
        assertThat(store().directory().epochToBe(group)).isEmpty();
        while (store().deletedChannels().remove(deleted, 100).rows() > 0) {
            // until all is gone
        }
        runAsServer(group, new FinishPurge(deleted.epoch()));
        Optional<Epoch> again = store().directory().epochToBe(group);
        run(bob, group, new CreateChannel(null, List.of()));

        assertThat(again).isPresent().isNotEqualTo(before);
        assertThat(store().directory().find(group, bob).orElseThrow().channel().epoch())
                .isEqualTo(again.orElseThrow());
        assertThat(store().directory().epochToBe(group)).isEmpty();
    }

    private Deleted deletedGroup() {
        run(alice, group, new CreateChannel(null, List.of(bob)));
        run(alice, group, message("a", "@" + bob));
        Epoch epoch = ((Outcome.Appended) run(alice, group, message("b", "x"))).epoch();
        run(bob, group, new Mark(Mark.Kind.READ, 1));
        run(alice, group, new PurgeChannel());
        return new Deleted(group, epoch);
    }
}
