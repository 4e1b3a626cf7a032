package dev.dunlin.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.ExpiredRowsContract;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.kafka.ChannelCommand.Block;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.FinishPurge;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.PurgeChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class PostgresExpiredRowsIT extends ExpiredRowsContract {
    @Inject
    MessageStore store;

    @Override
    protected MessageStore store() {
        return store;
    }

    @Test
    void channelsThatNobodyHasWrittenToGoAndComeAgainWithTheSameEpoch() {
        ChannelName empty = new ChannelName("brief:empty-" + suffix);
        ChannelName titled = new ChannelName("brief:titled-" + suffix);
        ChannelName direct = new ChannelName("dm:" + alice + ":" + bob);
        at(1_000, alice, Grant.NONE, empty, new CreateChannel(null, List.of()));
        at(1_000, alice, Grant.NONE, titled, new CreateChannel("title", List.of()));
        at(1_000, alice, Grant.NONE, direct, new CreateChannel(null, List.of()));
        ChannelName blocked = new ChannelName("dm:" + alice + ":zoe");
        at(1_000, alice, Grant.NONE, blocked, new Block(true));
        at(1_000, alice, Grant.NONE, brief, message("a", "written"));

        assertThat(store().expiredRows().removeUnwritten("brief", 1_000, 100)).isZero();
        while (store().expiredRows().removeUnwritten("brief", 1_001, 100) > 0) {
            // those of other tests too
        }
        while (store().expiredRows().removeUnwritten("dm", 1_001, 100) > 0) {
            // those of other tests too
        }

        assertThat(store().directory().heads(List.of(empty, titled, direct, blocked, brief)))
                .extracting(HeadList.Head::channel)
                .containsExactlyInAnyOrder(titled, blocked, brief);
        assertThat(store().memberships().page(direct, null, 10)).isEmpty();
        Optional<Epoch> known = store().directory().epochToBe(empty);
        Outcome.Appended again = (Outcome.Appended) at(2_000, alice, Grant.NONE, empty, message("b", "first"));
        assertThat(again.logged().event().seq()).isEqualTo(1);
        assertThat(known).contains(again.epoch());
    }

    @Test
    void anEpochThatWasUsedIsNotUsedAgain() {
        ChannelName purged = new ChannelName("brief:purged-" + suffix);
        at(1_000, alice, Grant.NONE, purged, message("a", "written"));
        Epoch used = epoch(purged);
        at(1_100, alice, Grant.SERVER, purged, new PurgeChannel());
        at(1_200, alice, Grant.SERVER, purged, new FinishPurge(used));
        at(1_300, alice, Grant.NONE, purged, new CreateChannel(null, List.of()));
        Epoch next = epoch(purged);

        while (store().expiredRows().removeUnwritten("brief", 2_000, 100) > 0) {
            // those of other tests too
        }

        assertThat(next).isNotEqualTo(used);
        assertThat(epoch(purged)).isEqualTo(next);
    }

    private Epoch epoch(ChannelName channel) {
        return store().directory().find(channel, alice).orElseThrow().channel().epoch();
    }
}
