package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.connection.peer.TestPoll;
import dev.dunlin.connection.peer.TestStream;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only who has a channel hears it and speaks in it, at every moment and on every transport. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class AccessIT extends NodeIT {
    private static final String GRANT = "[{\"channel\":\"group:*\",\"can\":[\"subscribe\"]}]";

    @Inject
    MeterRegistry meters;

    @ParameterizedTest
    @ValueSource(strings = {"group:board", "dm:alice:bob"})
    void whoMayNotReadSignalsNobodyEvenInTheMessageThatSubscribes(String name) {
        String channel = own(name);
        peer.channel(channel, own("alice"));
        TestLink alice = subscribed(own("alice"), channel);
        TestLink eve = link(own("eve"));
        for (int i = 0; i < 20; i++) {
            eve.send("[{'type':'subscribe','ref':" + i + ",'channel':'" + channel
                    + "'},{'type':'signal','channel':'" + channel
                    + "','data':1},{'type':'typing','channel':'" + channel + "'}]");
            for (int frame = 0; frame < 3; frame++) {
                assertThat(eve.next("error").path("code").asText()).isEqualTo("forbidden");
            }
        }
        alice.expectNothingElse();
    }

    @Test
    void whoMayReadSignalsWithItsFirstMessage() {
        String channel = group("alice", "bob");
        TestLink alice = subscribed(own("alice"), channel);
        TestLink bob = link(own("bob"));
        bob.send("[{'type':'subscribe','ref':1,'channel':'" + channel + "'},{'type':'signal','channel':'" + channel
                + "','data':1}]");
        assertThat(alice.next("signal").path("from").asText()).isEqualTo(own("bob"));
    }

    @Test
    void whoIsBlockedInADirectChannelSignalsNobody() throws Exception {
        String channel = "dm:" + own("alice") + ":" + own("bob");
        peer.channel(channel, own("alice"), own("bob"));
        TestLink alice = subscribed(own("alice"), channel);
        TestLink bob = subscribed(own("bob"), channel);
        bob.send("{'type':'typing','channel':'" + channel + "'}");
        assertThat(alice.next("typing").path("from").asText()).isEqualTo(own("bob"));
        peer.block(channel);
        bob.send("[{'type':'typing','channel':'" + channel + "'},{'type':'signal','channel':'" + channel
                + "','data':1}]");
        for (int frame = 0; frame < 2; frame++) {
            assertThat(bob.next("error").path("code").asText()).isEqualTo("forbidden");
        }
        assertThat(signal(own("bob"), channel)).isEqualTo(403);
        alice.expectNothingElse();
    }

    @Test
    void aSignalByRestIsAskedForEachTime() throws Exception {
        String channel = group("alice", "bob");
        TestLink alice = subscribed(own("alice"), channel);
        assertThat(signal(own("bob"), channel)).isEqualTo(202);
        assertThat(alice.next("signal").path("from").asText()).isEqualTo(own("bob"));
        peer.expel(channel, own("bob"));
        assertThat(signal(own("bob"), channel)).isEqualTo(403);
        alice.expectNothingElse();
    }

    private int signal(String user, String channel) throws IOException, InterruptedException {
        return client().send(
                        HttpRequest.newBuilder(http("/v1/channels/" + channel + "/signals"))
                                .header("Authorization", "Bearer " + TestTokens.user(user))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"data\":1}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void theLogItselfEndsASubscriptionWithoutAnyNotice() {
        String channel = group("alice", "bob");
        TestLink alice = subscribed(own("alice"), channel);
        TestLink bob = subscribed(own("bob"), channel);
        double before = meters.counter("dunlin.access.revocations").count();
        peer.append(channel, 1);
        peer.remove(channel, own("bob"));
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(1L);
        assertThat(bob.next("member_left").path("user").asText()).isEqualTo(own("bob"));
        assertThat(bob.next("unsubscribed").path("channel").asText()).isEqualTo(channel);
        assertThat(alice.seqs(1)).containsExactly(1L);
        alice.next("member_left");
        assertThat(alice.seqs(1)).containsExactly(3L);
        bob.send("{'type':'typing','channel':'" + channel + "'}");
        assertThat(bob.next("error").path("code").asText()).isEqualTo("forbidden");
        bob.expectNothingElse();
        assertThat(meters.counter("dunlin.access.revocations").count()).isGreaterThan(before);
    }

    @Test
    void theLogEndsASubscriptionOfAnEventStream() {
        String channel = group("alice", "bob");
        try (TestStream bob = TestStream.open(
                client(),
                HttpRequest.newBuilder(http("/v1/events?channel=" + channel))
                        .header("Authorization", "Bearer " + TestTokens.user(own("bob"))),
                "")) {
            type(bob.next(), "welcome");
            type(bob.next(), "subscribed");
            peer.remove(channel, own("bob"));
            peer.append(channel, 1);
            type(bob.next(), "member_left");
            type(bob.next(), "unsubscribed");
        }
        Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 0);
    }

    @Test
    void theLogEndsASubscriptionOfAPoll() {
        String channel = group("alice", "bob");
        TestPoll bob = new TestPoll(client(), http("/v1/poll?channel=" + channel), TestTokens.user(own("bob")), "");
        type(bob.next(), "welcome");
        type(bob.next(), "subscribed");
        peer.remove(channel, own("bob"));
        peer.append(channel, 1);
        JsonNode error = bob.next();
        type(error, "error");
        assertThat(error.path("code").asText()).isEqualTo("forbidden");
    }

    private static void type(JsonNode frame, String type) {
        assertThat(frame.path("type").asText()).as("%s", frame).isEqualTo(type);
    }

    @Test
    void whoLeavesAnOpenChannelKeepsItWithoutAHole() {
        String channel = own("room:lobby");
        peer.channel(channel, own("bob"));
        TestLink bob = subscribed(own("bob"), channel);
        peer.remove(channel, own("bob"));
        peer.append(channel, 2);
        bob.next("member_left");
        assertThat(bob.seqs(2)).containsExactly(2L, 3L);
        bob.expectNothingElse();
    }

    @Test
    void aRemovalThatCannotBeAskedForEndsDeliveryAtOnce() {
        String channel = group("alice", "bob");
        TestLink alice = subscribed(own("alice"), channel);
        TestLink bob = subscribed(own("bob"), channel);
        double before = meters.counter("dunlin.access.unknown").count();
        peer.unreachable(true);
        peer.expel(channel, own("bob"));
        notice(own("bob"), new UserNotice.Left(new ChannelName(channel)));
        Awaitility.await().until(() -> meters.counter("dunlin.access.unknown").count() > before);
        peer.append(channel, 2);
        assertThat(alice.seqs(2)).containsExactly(1L, 2L);
        alice.send("{'type':'typing','channel':'" + channel + "'}");
        bob.expectNothingElse();
        bob.send("{'type':'typing','channel':'" + channel + "'}");
        bob.expectNothingElse();
        alice.expectNothingElse();
        peer.unreachable(false);
        assertThat(bob.next("unsubscribed").path("channel").asText()).isEqualTo(channel);
        bob.expectNothingElse();
    }

    @Test
    void anErasedUserLosesEveryMembership() {
        String channel = group("bob");
        TestLink bob = subscribed(own("bob"), channel);
        peer.expel(channel, own("bob"));
        notice(own("bob"), new UserNotice.MembershipsChanged());
        assertThat(bob.next("unsubscribed").path("channel").asText()).isEqualTo(channel);
    }

    @Test
    void aTokenWithoutTheGrantEndsWhatRestedOnIt() {
        String foreign = own("group:board");
        String member = own("group:eng");
        peer.channel(foreign, own("alice"));
        peer.channel(member, own("bob"));
        TestLink bob = connect(webSocket("?auto=false"), TestTokens.withChannels(own("bob"), GRANT));
        bob.next("welcome");
        for (String channel : new String[] {foreign, member}) {
            bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "'}");
            bob.next("subscribed");
        }
        bob.send("{'type':'auth','ref':2,'token':'" + TestTokens.withChannels(own("bob"), GRANT) + "'}");
        bob.next("authenticated");
        peer.append(foreign, 1);
        assertThat(bob.seqs(1)).containsExactly(1L);
        bob.send("{'type':'auth','ref':3,'token':'" + TestTokens.user(own("bob")) + "'}");
        bob.next("authenticated");
        assertThat(bob.next("unsubscribed").path("channel").asText()).isEqualTo(foreign);
        peer.append(foreign, 1);
        peer.append(member, 1);
        assertThat(bob.next("message").path("channel").asText()).isEqualTo(member);
        bob.expectNothingElse();
    }

    @Test
    void aWatchTooManyIsRefusedAndEndsNoOther() {
        TestLink bob = link(own("bob"));
        for (int batch = 0; batch < 10; batch++) {
            bob.send(watch(batch * 100, 100));
            bob.next("presence_state");
        }
        bob.send(watch(1_000, 1));
        JsonNode error = bob.next("error");
        assertThat(error.path("code").asText()).isEqualTo("forbidden");
        assertThat(error.path("message").asText()).contains("1000");
        assertThat(error.path("ref").asInt()).isEqualTo(1_000);
        bob.send(watch(0, 100)); // these are watched already
        bob.next("presence_state");
        bob.send("{'type':'presence','ref':2,'users':['" + own("w1000") + "']}"); // a question is no watch
        bob.next("presence_state");
        peer.presenceChanges(own("w1000"), Status.ONLINE);
        peer.presenceChanges(own("w0"), Status.ONLINE);
        assertThat(bob.next("presence").path("changes").path(0).path("user").asText())
                .isEqualTo(own("w0"));
        bob.expectNothingElse();
    }

    private String watch(int first, int count) {
        String users = IntStream.range(first, first + count)
                .mapToObj(number -> "'" + own("w" + number) + "'")
                .collect(Collectors.joining(","));
        return "{'type':'presence','ref':" + first + ",'users':[" + users + "],'watch':true}";
    }

    private void notice(String user, UserNotice notice) {
        peer.publish("user:" + user, Json.write(notice));
    }
}
