package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.RedisProbe;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@OnSharedSuite
class TwoNodesIT {
    private static final int EACH = 25;

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;

    TwoNodesIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("eng");
        suite.createGroup(group, alice, bob);
    }

    @Test
    void aMessageOnOneNodeArrivesOnTheOtherWithTheSeqOfItsAck() throws IOException {
        talk(suite.node(1), suite.node(2));
    }

    @Test
    void theSameHoldsThroughTheGateway() throws IOException {
        talk(suite.gateway(), suite.gateway());
    }

    @Test
    void theNodesAreTwo() throws IOException {
        try (RawLink one = suite.link(alice, suite.node(1));
                RawLink other = suite.link(alice, suite.node(2))) {
            assertThat(nodeOf(one)).startsWith("connection-1");
            assertThat(nodeOf(other)).startsWith("connection-2");
        }
    }

    @Test
    void theGatewaySpreadsLinksOverTheNodes() {
        Set<String> nodes = new HashSet<>();
        // A node whose health check is late gets no links until the next one.
        await().atMost(Suite.DEADLINE).until(() -> {
            try (RawLink link = suite.link(alice, suite.gateway())) {
                nodes.add(nodeOf(link));
            }
            return nodes.equals(Set.of("connection-1", "connection-2"));
        });
    }

    @Test
    void twoSendersOnTwoNodesGiveOneDenseOrderThatBothSee() throws IOException {
        try (RawLink one = suite.subscribed(alice, suite.node(1), group);
                RawLink two = suite.subscribed(bob, suite.node(2), group)) {
            for (int i = 0; i < EACH; i++) {
                publish(one, "a" + i);
                publish(two, "b" + i);
            }
            List<Long> dense = LongStream.rangeClosed(1, 2 * EACH).boxed().toList();
            assertThat(seqsOf(one)).isEqualTo(dense);
            assertThat(seqsOf(two)).isEqualTo(dense);
            assertThat(idsOf(one)).isEqualTo(idsOf(two));
        }
    }

    @Test
    void onlyNodesWithSubscribersOfAChannelSubscribeItAtTheBus() throws IOException {
        RedisProbe redis = new RedisProbe(URI.create(suite.stack().engines().redisUri()));
        String bus = "ch:" + group;
        assertThat(redis.subscribers(bus)).isZero();
        try (RawLink one = suite.subscribed(alice, suite.node(1), group);
                RawLink again = suite.subscribed(alice, suite.node(1), group)) {
            assertThat(redis.subscribers(bus)).isEqualTo(1);
            try (RawLink _ = suite.subscribed(bob, suite.node(2), group)) {
                assertThat(redis.subscribers(bus)).isEqualTo(2);
            }
            await().atMost(Suite.DEADLINE).until(() -> redis.subscribers(bus) == 1);
            assertThat(one.isOpen() && again.isOpen()).isTrue();
        }
        await().atMost(Suite.DEADLINE).until(() -> redis.subscribers(bus) == 0);
    }

    private void talk(URI nodeOfAlice, URI nodeOfBob) throws IOException {
        try (RawLink one = suite.subscribed(alice, nodeOfAlice, group);
                RawLink two = suite.subscribed(bob, nodeOfBob, group)) {
            publish(one, "hello");
            ServerFrame.Ack ack = one.await(ServerFrame.Ack.class);
            ServerFrame.Message arrived = two.await(ServerFrame.Message.class);
            assertThat(arrived.seq()).isEqualTo(ack.seq());
            assertThat(arrived.ts()).isEqualTo(ack.ts());
            assertThat(arrived.from()).isEqualTo(alice);
            assertThat(arrived.data()).isEqualTo(Json.tree("text of hello"));
            publish(two, "answer");
            assertThat(two.await(ServerFrame.Ack.class).seq()).isEqualTo(ack.seq() + 1);
            assertThat(one.await(
                                    ServerFrame.Message.class,
                                    message -> message.from().equals(bob))
                            .seq())
                    .isEqualTo(ack.seq() + 1);
        }
    }

    private void publish(RawLink link, String id) {
        link.send(
                new ClientFrame.Publish(Ref.of(id), group, new ClientMessageId(id), Json.tree("text of " + id), null));
    }

    private static List<Long> seqsOf(RawLink link) {
        return messagesOf(link).stream()
                .map(message -> message.path("seq").asLong())
                .toList();
    }

    private static List<String> idsOf(RawLink link) {
        return messagesOf(link).stream()
                .map(message -> message.path("id").asText())
                .toList();
    }

    private static List<JsonNode> messagesOf(RawLink link) {
        await().atMost(Suite.DEADLINE).until(() -> allMessagesOf(link).size() >= 2 * EACH);
        return allMessagesOf(link);
    }

    private static List<JsonNode> allMessagesOf(RawLink link) {
        return link.received().stream()
                .filter(frame -> frame.path("type").asText().equals("message"))
                .toList();
    }

    private static String nodeOf(RawLink link) {
        return link.received().getFirst().path("node").asText();
    }
}
