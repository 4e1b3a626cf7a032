package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A subscription to a channel without events misses nothing that is published afterwards. */
@OnSharedSuite
class FreshChannelIT {
    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName room;

    FreshChannelIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.room = names.room("fresh");
    }

    @Test
    void everythingComesFromTheFirstEventOnAndAPositionOfBeforeIsResumed() throws IOException {
        String epoch;
        try (RawLink one = suite.link(alice, suite.node(1));
                RawLink two = suite.link(alice, suite.node(2))) {
            epoch = subscribe(one, "").path("epoch").asText();
            assertThat(subscribe(two, "").path("epoch").asText()).isEqualTo(epoch);
            publish(3);
            for (RawLink link : new RawLink[] {one, two}) {
                for (long seq = 1; seq <= 3; seq++) {
                    assertThat(link.await("message").path("seq").asLong()).isEqualTo(seq);
                }
            }
        }
        try (RawLink again = suite.link(alice, suite.node(2))) {
            JsonNode resumed = subscribe(again, ",\"after\":{\"epoch\":\"" + epoch + "\",\"seq\":0}");
            assertThat(resumed.path("recovered").asBoolean()).isTrue();
            assertThat(again.await("message").path("seq").asLong()).isEqualTo(1);
        }
    }

    private JsonNode subscribe(RawLink link, String after) {
        link.send("{\"type\":\"subscribe\",\"ref\":1,\"channel\":\"" + room + "\"" + after + "}");
        return link.await("subscribed");
    }

    private void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            suite.rest(bob)
                    .publish(room, new ClientMessageId("m" + i), Json.tree("text"))
                    .join();
        }
    }
}
