package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.kafka.ChannelCommand;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class ChannelsIT extends NodeIT {
    @Inject
    MeterRegistry meters;

    @Test
    void welcomeNamesTheUsersChannelsAndSubscribesToThem() {
        String channel = own("group:eng");
        peer.channel(channel, own("alice"));
        peer.append(channel, 3);
        TestLink alice = connect(webSocket(""), TestTokens.user(own("alice")));
        JsonNode welcome = alice.next("welcome");
        assertThat(welcome.path("user").asText()).isEqualTo(own("alice"));
        assertThat(welcome.path("heartbeat").asInt()).isEqualTo(30);
        assertThat(welcome.path("limits").path("maxMessageBytes").asInt()).isEqualTo(65536);
        assertThat(welcome.path("channels").path(0).path("channel").asText()).isEqualTo(channel);
        assertThat(welcome.path("channels").path(0).path("head").asLong()).isEqualTo(3);
        Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 1);
        peer.append(channel, 1);
        assertThat(alice.seqs(1)).containsExactly(4L);
    }

    @Test
    void publishIsAckedAndReachesEverySubscriberWithTheSameSeq() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink alice = subscribed(own("alice"), channel);
        TestLink bob = subscribed(own("bob"), channel);
        alice.send("{'type':'publish','ref':7,'channel':'" + channel + "','id':'m1','data':{'text':'hi'}}");
        JsonNode message = bob.next("message");
        assertThat(message.path("data").path("text").asText()).isEqualTo("hi");
        assertThat(message.path("from").asText()).isEqualTo(own("alice"));
        JsonNode ack = alice.find("ack");
        assertThat(ack.path("ref").asInt()).isEqualTo(7);
        assertThat(ack.path("seq").asLong()).isEqualTo(message.path("seq").asLong());
    }

    @Test
    void resumeGivesExactlyWhatWasMissedAndThenWhatIsLive() {
        String channel = own("room:lobby");
        peer.channel(channel);
        peer.append(channel, 450);
        TestLink bob = link(own("bob"));
        bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "','after':{'epoch':'e1','seq':17}}");
        JsonNode subscribed = bob.next("subscribed");
        assertThat(subscribed.path("recovered").asBoolean()).isTrue();
        assertThat(subscribed.path("head").asLong()).isEqualTo(450);
        peer.append(channel, 10);
        assertThat(bob.seqs(443))
                .isEqualTo(LongStream.rangeClosed(18, 460).boxed().toList());
        bob.expectNothingElse();
    }

    @Test
    void positionOfAnotherEpochOrFromTheFutureIsNotRecovered() {
        String channel = own("room:lobby");
        peer.channel(channel);
        peer.append(channel, 5);
        TestLink bob = link(own("bob"));
        for (String after : List.of("{'epoch':'e0','seq':2}", "{'epoch':'e1','seq':6}")) {
            bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "','after':" + after + "}");
            JsonNode subscribed = bob.next("subscribed");
            assertThat(subscribed.path("recovered").isBoolean()).isTrue();
            assertThat(subscribed.path("recovered").asBoolean()).isFalse();
            assertThat(subscribed.path("head").asLong()).isEqualTo(5);
        }
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(6L);
    }

    @Test
    void subscribingTwiceDoublesNothing() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink bob = subscribed(own("bob"), channel);
        bob.send("{'type':'subscribe','ref':2,'channel':'" + channel + "'}");
        assertThat(bob.next("subscribed").path("ref").asInt()).isEqualTo(2);
        peer.append(channel, 2);
        assertThat(bob.seqs(2)).containsExactly(1L, 2L);
        bob.expectNothingElse();
    }

    @Test
    void holeOfTheBusIsFilledFromTheLogBeforeAnythingAfterIt() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink bob = subscribed(own("bob"), channel);
        peer.append(channel, 2);
        peer.busLoses(true);
        peer.append(channel, 3);
        peer.busLoses(false);
        peer.append(channel, 1);
        assertThat(bob.seqs(6)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void lostConnectionToTheBusLosesNoEvent() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink bob = subscribed(own("bob"), channel);
        peer.busLoses(true);
        peer.append(channel, 3);
        peer.busLoses(false);
        peer.cutSubscribers();
        assertThat(bob.seqs(3)).containsExactly(1L, 2L, 3L);
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(4L);
    }

    @Test
    void busSubscriptionLastsAsLongAsThereAreSubscribers() {
        String channel = own("room:lobby");
        peer.channel(channel);
        assertThat(peer.receivers("ch:" + channel)).isZero();
        TestLink alice = subscribed(own("alice"), channel);
        TestLink bob = subscribed(own("bob"), channel);
        assertThat(peer.receivers("ch:" + channel)).isEqualTo(1);
        alice.send("{'type':'unsubscribe','ref':1,'channel':'" + channel + "'}");
        alice.next("unsubscribed");
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(1L);
        alice.expectNothingElse();
        bob.close();
        Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 0);
    }

    @Test
    void foreignAndUnknownChannelsAreRefused() {
        String channel = own("group:board");
        peer.channel(channel, own("alice"));
        TestLink bob = link(own("bob"));
        bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "'}");
        assertThat(bob.next("error").path("code").asText()).isEqualTo("forbidden");
        bob.send("{'type':'subscribe','ref':2,'channel':'" + own("group:none") + "'}");
        assertThat(bob.next("error").path("code").asText()).isEqualTo("not_found");
        bob.send("{'type':'publish','ref':3,'channel':'" + channel + "','id':'m1','data':1}");
        assertThat(bob.next("error").path("code").asText()).isEqualTo("forbidden");
        bob.send("{'type':'typing','channel':'" + channel + "'}");
        assertThat(bob.next("error").path("code").asText()).isEqualTo("forbidden");
        bob.expectNothingElse();
    }

    @Test
    void grantOfTheTokenOpensAForeignChannel() {
        String channel = own("group:board");
        peer.channel(channel, own("alice"));
        peer.append(channel, 2);
        TestLink bob = connect(
                webSocket("?auto=false"),
                TestTokens.withChannels(own("bob"), "[{\"channel\":\"group:*\",\"can\":[\"subscribe\"]}]"));
        bob.next("welcome");
        bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "'}");
        assertThat(bob.next("subscribed").path("head").asLong()).isEqualTo(2);
    }

    @Test
    void signalsAndTypingReachOthersOnly() {
        String channel = own("signal:cursors");
        peer.channel(channel);
        TestLink alice = subscribed(own("alice"), channel);
        TestLink bob = subscribed(own("bob"), channel);
        alice.send("{'type':'signal','channel':'" + channel + "','data':[1,2]}");
        assertThat(bob.next("signal").path("data").path(1).asInt()).isEqualTo(2);
        alice.send("{'type':'typing','channel':'" + channel + "'}");
        assertThat(bob.next("typing").path("from").asText()).isEqualTo(own("alice"));
        alice.expectNothingElse();
    }

    @Test
    void whoJoinsIsSubscribedAndWhoLeavesHearsNoMore() {
        String channel = own("group:eng");
        TestLink bob = connect(webSocket(""), TestTokens.user(own("bob")));
        bob.next("welcome");
        peer.channel(channel, own("bob"));
        notice(own("bob"), new UserNotice.Joined(new ChannelName(channel)));
        assertThat(bob.next("subscribed").path("channel").asText()).isEqualTo(channel);
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(1L);
        peer.expel(channel, own("bob"));
        notice(own("bob"), new UserNotice.Left(new ChannelName(channel)));
        assertThat(bob.next("unsubscribed").path("channel").asText()).isEqualTo(channel);
        peer.append(channel, 1);
        bob.expectNothingElse();
    }

    @Test
    void stalledClientIsClosedAndDelaysNobody() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink stalled = subscribed(own("bob"), channel);
        TestLink alice = subscribed(own("alice"), channel);
        stalled.reading(false);
        String text = "x".repeat(60_000);
        double before = closedAsSlow();
        for (int i = 1; i <= 400 && closedAsSlow() == before; i++) {
            peer.append(channel, text);
            assertThat(alice.seqs(1)).containsExactly((long) i);
        }
        stalled.reading(true); // within the time that a client has to answer a close
        assertThat(stalled.closeCode()).isEqualTo(4001);
    }

    private double closedAsSlow() {
        return meters.get("dunlin.outbox.closed").counter().count();
    }

    @Test
    void stalledClientOfATickerIsNotClosedAndSeesTheLatest() throws Exception {
        String channel = own("live:eurusd");
        peer.channel(channel);
        TestLink stalled = subscribed(own("bob"), channel);
        TestLink alice = subscribed(own("alice"), channel);
        stalled.reading(false);
        int updates = 3_000;
        String text = "x".repeat(8_000);
        CountDownLatch left = new CountDownLatch(updates);
        Semaphore unread = new Semaphore(32); // alice keeps up, however busy the machine is
        try (ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor()) {
            var unused = ticker.scheduleAtFixedRate(
                    () -> {
                        if (left.getCount() > 0 && unread.tryAcquire()) {
                            peer.append(channel, text);
                            left.countDown();
                        }
                    },
                    0,
                    1,
                    TimeUnit.MILLISECONDS); // at most 1,000 a second
            for (long seq = 1; seq <= updates; seq++) {
                assertThat(alice.seqs(1)).containsExactly(seq);
                unread.release();
            }
            assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
            ticker.shutdownNow();
        }
        stalled.reading(true);
        long last = 0;
        boolean leftOut = false;
        while (last < updates) {
            JsonNode frame = stalled.next();
            boolean gap = frame.path("type").asText().equals("gap");
            assertThat(frame.path(gap ? "from" : "seq").asLong()).isEqualTo(last + 1);
            assertThat(!gap || frame.path("conflated").asBoolean()).isTrue();
            last = frame.path(gap ? "to" : "seq").asLong();
            leftOut |= gap;
        }
        assertThat(leftOut).isTrue();
        peer.append(channel, 1);
        assertThat(stalled.seqs(1)).containsExactly(updates + 1L);
    }

    @Test
    void lostLastEventIsFoundWithoutAnythingAfterIt() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink bob = subscribed(own("bob"), channel);
        double before = meters.counter("dunlin.heads.behind").count();
        peer.busLoses(true);
        peer.append(channel, 1);
        peer.busLoses(false);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> meters.counter("dunlin.heads.behind").count() > before);
        assertThat(bob.seqs(1)).containsExactly(1L);
    }

    @Test
    void marksOfAMomentAreOneCommandAndTheLastIsSentWhenTheLinkEnds() {
        String channel = own("group:eng");
        peer.channel(channel, own("bob"));
        peer.append(channel, 9);
        TestLink bob = link(own("bob"));
        bob.send("[{'type':'received','channel':'" + channel
                + "','seq':3},{'type':'read','channel':'" + channel
                + "','seq':2},{'type':'read','channel':'" + channel + "','seq':5}]");
        bob.close();
        Awaitility.await().until(() -> !marks(channel).isEmpty());
        assertThat(marks(channel)).containsExactly(new ChannelCommand.Mark(ChannelCommand.Mark.Kind.READ, 5));
    }

    @Test
    void clientThatComesFromANodeThatKnewMoreIsRecovered() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink alice = subscribed(own("alice"), channel);
        peer.append(channel, 2);
        assertThat(alice.seqs(2)).containsExactly(1L, 2L);
        peer.busLoses(true);
        peer.append(channel, 2); // another node had these
        peer.busLoses(false);
        TestLink bob = link(own("bob"));
        bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "','after':{'epoch':'e1','seq':4}}");
        assertThat(bob.next("subscribed").path("recovered").asBoolean()).isTrue();
        assertThat(alice.seqs(2)).containsExactly(3L, 4L);
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(5L);
    }

    @Test
    void resumeOfTheLastEventsCostsNoCall() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink alice = subscribed(own("alice"), channel);
        peer.append(channel, 20);
        alice.seqs(20);
        int before = peer.eventCalls();
        TestLink bob = link(own("bob"));
        bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "','after':{'epoch':'e1','seq':5}}");
        assertThat(bob.next("subscribed").path("recovered").asBoolean()).isTrue();
        assertThat(bob.seqs(15)).endsWith(20L);
        assertThat(peer.eventCalls()).isEqualTo(before);
    }

    private List<ChannelCommand.Operation> marks(String channel) {
        return peer.commands().stream()
                .filter(command -> command.channel().value().equals(channel))
                .map(ChannelCommand::operation)
                .filter(operation -> operation instanceof ChannelCommand.Mark)
                .toList();
    }

    private void notice(String user, UserNotice notice) {
        peer.publish("user:" + user, Json.write(notice));
    }
}
