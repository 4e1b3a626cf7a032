package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.client.link.RawLink;
import dev.dunlin.client.rest.Published;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@OnSharedSuite
class SameIdIT {
    private static final ClientMessageId ID = new ClientMessageId("the-same-id");

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;

    SameIdIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("same-id");
        suite.createGroup(group, alice, bob);
    }

    @Test
    void aPublishRepeatedOverTheOtherNodeAndRestIsOneEventWithOneSeq() throws IOException {
        try (RawLink one = suite.subscribed(alice, suite.node(1), group);
                RawLink two = suite.subscribed(alice, suite.node(2), group)) {
            long first = publish(one, ID);
            assertThat(publish(one, ID)).isEqualTo(first);
            assertThat(publish(two, ID)).isEqualTo(first);
            assertThat(suite.rest(alice).publish(group, ID, Json.tree("again")).join())
                    .satisfies(again -> {
                        assertThat(again.seq()).isEqualTo(first);
                        assertThat(again.again()).isTrue();
                    });
            assertThat(publish(one, new ClientMessageId("another"))).isEqualTo(first + 1);
        }
        assertThat(suite.rest(bob).events(group, 0).join().events()).hasSize(2);
    }

    @Test
    void byRestTheFirstAnswerIs201AndTheNextIs200WithTheSameSeq() {
        Published first =
                suite.rest(alice).publish(group, ID, Json.tree("text")).join();
        Published again =
                suite.rest(alice).publish(group, ID, Json.tree("text")).join();
        assertThat(first.again()).isFalse();
        assertThat(again.seq()).isEqualTo(first.seq());
        assertThat(again.again()).isTrue();
    }

    @Test
    void theSameIdOfAnotherUserIsAnotherMessage() {
        long hers = suite.rest(alice).publish(group, ID, Json.tree("a")).join().seq();
        long his = suite.rest(bob).publish(group, ID, Json.tree("b")).join().seq();
        assertThat(his).isEqualTo(hers + 1);
    }

    private long publish(RawLink link, ClientMessageId id) {
        link.send(new ClientFrame.Publish(Ref.of(1), group, id, Json.tree("text"), null));
        return link.await(ServerFrame.Ack.class).seq();
    }
}
