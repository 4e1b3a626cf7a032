package dev.dunlin.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.OwnRedisTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(value = OwnRedisTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(PeerAddress.class)
@TestProfile(BusOutageIT.ShortOfPatience.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class BusOutageIT extends NodeIT {
    @Inject
    MeterRegistry meters;

    /** No sweep, so that only the watchdog can find what is lost. */
    public static final class ShortOfPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "dunlin.bus.probe", "300ms",
                    "dunlin.bus.timeout", "3s",
                    "dunlin.subscriptions.sweep", "1h");
        }
    }

    @AfterEach
    void thaw() {
        OwnRedisTestResource.thaw();
    }

    @Test
    void redisThatStandsStillAndGoesOnLosesNoEvent() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink bob = subscribed(own("bob"), channel);
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(1L);
        double before = count("dunlin.bus.resets");
        OwnRedisTestResource.freeze();
        peer.busLoses(true);
        peer.append(channel, 3); // who publishes gives up
        peer.busLoses(false);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(count("dunlin.bus.resets")).isGreaterThan(before));
        OwnRedisTestResource.thaw();
        assertThat(bob.seqs(3)).containsExactly(2L, 3L, 4L);
        Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 1);
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(5L);
    }

    @Test
    void redisThatPausesForAMomentKeepsTheConnectionAndLosesNoEvent() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink bob = subscribed(own("bob"), channel);
        double late = count("dunlin.bus.late");
        OwnRedisTestResource.freeze();
        peer.busLoses(true);
        peer.append(channel, 2);
        peer.busLoses(false);
        Awaitility.await().pollDelay(Duration.ofMillis(900)).until(() -> true); // longer than a probe
        OwnRedisTestResource.thaw();
        assertThat(bob.seqs(2)).containsExactly(1L, 2L);
        assertThat(count("dunlin.bus.late")).isGreaterThan(late);
    }

    @Test
    void lostConnectionAsksForEventsOnlyWhereSomeAreMissing() {
        TestLink bob = link(own("bob"));
        for (int i = 0; i < 50; i++) {
            peer.channel(own("room:" + i));
            bob.send("{'type':'subscribe','ref':1,'channel':'" + own("room:" + i) + "'}");
            bob.next("subscribed");
        }
        int heads = peer.headCalls();
        int pages = peer.eventCalls();
        double reconnects = count("dunlin.bus.reconnects");
        peer.busLoses(true);
        peer.append(own("room:7"), 2);
        peer.busLoses(false);
        peer.cutSubscribers();
        assertThat(bob.seqs(2)).containsExactly(1L, 2L);
        assertThat(count("dunlin.bus.reconnects")).isGreaterThan(reconnects);
        assertThat(peer.headCalls() - heads).isBetween(1, 3);
        assertThat(peer.eventCalls() - pages).isEqualTo(1);
    }

    @Test
    void aMemberRemovedWhileTheBusIsAwayHearsNoMoreOnceItIsBack() {
        String channel = group("alice", "bob");
        TestLink alice = subscribed(own("alice"), channel);
        TestLink bob = subscribed(own("bob"), channel);
        double resets = count("dunlin.bus.resets");
        OwnRedisTestResource.freeze();
        peer.busLoses(true);
        peer.append(channel, 1);
        peer.remove(channel, own("bob")); // neither the event nor a notice arrives
        peer.append(channel, 1);
        peer.busLoses(false);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(count("dunlin.bus.resets")).isGreaterThan(resets));
        OwnRedisTestResource.thaw();
        assertThat(alice.seqs(1)).containsExactly(1L);
        alice.next("member_left");
        assertThat(alice.seqs(1)).containsExactly(3L);
        assertThat(bob.find("unsubscribed").path("channel").asText()).isEqualTo(channel);
        peer.append(channel, 1);
        assertThat(alice.seqs(1)).containsExactly(4L);
        bob.expectNothingElse();
    }

    @Test
    void aRemovalOfWhichNothingIsLeftIsFoundAfterTheBusIsBack() {
        String channel = group("bob");
        TestLink bob = subscribed(own("bob"), channel);
        peer.expel(channel, own("bob"));
        peer.cutSubscribers();
        assertThat(bob.next("unsubscribed").path("channel").asText()).isEqualTo(channel);
    }

    @Test
    void watchersHearAfterACutWhatChangedMeanwhileAndNothingElse() {
        String same = own("same");
        String changed = own("changed");
        List<TestLink> watchers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestLink watcher = link(own("watcher" + i));
            watcher.send("{'type':'presence','ref':1,'users':['" + same + "','" + changed + "'],'watch':true}");
            watcher.next("presence_state");
            watchers.add(watcher);
        }
        int calls = peer.presenceCalls();
        peer.presence(changed, Status.ONLINE);
        peer.cutSubscribers();
        for (TestLink watcher : watchers) {
            JsonNode changes = watcher.next("presence").path("changes");
            assertThat(changes).hasSize(1);
            assertThat(changes.path(0).path("user").asText()).isEqualTo(changed);
            assertThat(changes.path(0).path("status").asText()).isEqualTo("online");
            watcher.expectNothingElse();
        }
        assertThat(peer.presenceCalls() - calls).isBetween(1, 2);
    }

    @Test
    void whoJoinedDuringACutIsSubscribedAfterIt() {
        String channel = own("group:eng");
        TestLink bob = connect(webSocket(""), TestTokens.user(own("bob")));
        bob.next("welcome");
        TestLink asking = link(own("bob")); // this one subscribes by itself
        peer.channel(channel, own("bob"));
        peer.cutSubscribers();
        assertThat(bob.next("subscribed").path("channel").asText()).isEqualTo(channel);
        peer.append(channel, 1);
        assertThat(bob.seqs(1)).containsExactly(1L);
        asking.expectNothingElse();
    }

    @Test
    void whoUnsubscribedStaysSoAfterACut() {
        String channel = group("bob");
        TestLink bob = connect(webSocket(""), TestTokens.user(own("bob")));
        bob.next("welcome");
        bob.send("{'type':'unsubscribe','ref':1,'channel':'" + channel + "'}");
        bob.next("unsubscribed");
        double asked = count("dunlin.memberships.requeries");
        peer.cutSubscribers();
        Awaitility.await().until(() -> count("dunlin.memberships.requeries") > asked);
        bob.expectNothingElse();
    }

    @Test
    void nodeWithoutRedisStaysReadyAndTheEnginesSayThatItIsDown() throws Exception {
        TestLink bob = link(own("bob"));
        assertThat(health("/q/health/group/engines").statusCode()).isEqualTo(200);
        double before = count("dunlin.bus.resets");
        OwnRedisTestResource.freeze();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(count("dunlin.bus.resets")).isGreaterThan(before));
        HttpResponse<String> engines = health("/q/health/group/engines");
        assertThat(engines.statusCode()).isEqualTo(503);
        Map<String, String> checks = new HashMap<>();
        Json.parse(engines.body().getBytes(UTF_8))
                .path("checks")
                .forEach(check -> checks.put(
                        check.path("name").asText(), check.path("status").asText()));
        assertThat(checks).isEqualTo(Map.of("Redis", "DOWN", "Kafka", "UP"));
        assertThat(health("/q/health/ready").statusCode()).isEqualTo(200);
        OwnRedisTestResource.thaw();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(health("/q/health/group/engines").statusCode())
                                .isEqualTo(200));
        assertThat(bob.closed()).isFalse();
    }

    private HttpResponse<String> health(String path) throws IOException, InterruptedException {
        return client().send(HttpRequest.newBuilder(management(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private double count(String meter) {
        return meters.counter(meter).count();
    }
}
