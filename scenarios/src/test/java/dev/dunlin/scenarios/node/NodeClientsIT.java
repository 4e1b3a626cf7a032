package dev.dunlin.scenarios.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.node.NodeClients.Running;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Node's own packages against the suite: nothing of ours on the client's side. */
@OnStruckSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeClientsIT {
    private final Suite suite;
    private Optional<NodeClients> clients = Optional.empty();
    private ChannelName room = new ChannelName("room:none");
    private UserId alice = new UserId("alice");
    private UserId bob = new UserId("bob");

    NodeClientsIT(Suite suite) {
        this.suite = suite;
    }

    @BeforeAll
    void install() throws IOException {
        clients = NodeClients.install();
    }

    @BeforeEach
    void skipWithoutNode(Names names) {
        Assumptions.assumeTrue(clients.isPresent(), "there is no Node with its packages");
        room = names.room("node");
        alice = names.user("alice");
        bob = names.user("bob");
    }

    @Test
    void twoWsClientsTalkOverTwoNodesAndOneGoesOnAtTheOtherNode() throws IOException {
        JsonNode subscribed;
        try (Running one = socket(alice, suite.node(1));
                Running two = socket(bob, suite.node(2))) {
            subscribed = subscribe(two, "");
            subscribe(one, "");
            for (int i = 1; i <= 3; i++) {
                one.send("{'type':'publish','ref':%d,'channel':'%s','id':'m%d','data':{'text':'hi'}}"
                        .formatted(i, room, i));
                assertThat(one.find("ack").path("seq").asLong()).isEqualTo(i);
            }
            assertThat(two.seqs(3)).containsExactly(1L, 2L, 3L);
        }
        publish(4, 5);
        try (Running again = socket(bob, suite.node(1))) {
            assertThat(subscribe(
                                    again,
                                    ",'after':{'epoch':'%s','seq':3}"
                                            .formatted(subscribed.path("epoch").asText()))
                            .path("recovered")
                            .asBoolean())
                    .isTrue();
            publish(6, 6);
            assertThat(again.seqs(3)).containsExactly(4L, 5L, 6L);
        }
    }

    @Test
    void anEventSourceWhoseNodeIsKilledComesBackByItselfAndMissesNothing() throws IOException {
        URI uri = URI.create(suite.gateway() + "/v1/events?channel=" + room);
        try (Running stream = present().events(uri, suite.stack().userToken(bob.value()))) {
            String node = nodeOf(stream);
            publish(1, 2);
            assertThat(stream.seqs(2)).containsExactly(1L, 2L);
            suite.kill(node);
            publish(3, 4);
            assertThat(stream.find("subscribed").path("recovered").asBoolean()).isTrue();
            publish(5, 5);
            assertThat(stream.seqs(3)).containsExactly(3L, 4L, 5L);
        } finally {
            suite.awaitHealthy();
        }
    }

    /** The stream may end with goaway and come back before its channel is available. */
    private static String nodeOf(Running stream) {
        String node = "";
        for (JsonNode frame = startOf(stream); !isSubscribed(frame); frame = startOf(stream)) {
            node = frame.path("node").asText();
        }
        return node;
    }

    private static JsonNode startOf(Running stream) {
        return stream.find(frame -> frame.path("type").asText().equals("welcome") || isSubscribed(frame));
    }

    private static boolean isSubscribed(JsonNode frame) {
        return frame.path("type").asText().equals("subscribed");
    }

    private Running socket(UserId user, URI origin) throws IOException {
        return present().socket(Suite.socket(origin), suite.stack().userToken(user.value()));
    }

    private JsonNode subscribe(Running client, String more) {
        client.find("welcome");
        client.send("{'type':'subscribe','ref':'s','channel':'%s'%s}".formatted(room, more));
        return client.find("subscribed");
    }

    private NodeClients present() {
        return clients.orElseThrow();
    }

    private void publish(int from, int to) {
        for (int i = from; i <= to; i++) {
            suite.rest(alice)
                    .publish(room, new ClientMessageId("m" + i), Json.tree("text"))
                    .join();
        }
    }
}
