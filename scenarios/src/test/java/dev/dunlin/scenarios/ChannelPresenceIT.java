package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnDoubledSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is in a channel: over two nodes, over REST, and when a node dies. */
@OnDoubledSuite
class ChannelPresenceIT {
    /** The grace and the pause between two frames. */
    private static final Duration LEFT = Duration.ofSeconds(30);

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName room;
    private final ChannelName group;
    private final ChannelName live;
    private final ChannelName signal;

    ChannelPresenceIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.room = names.room("who");
        this.group = names.group("who");
        this.live = new ChannelName("live:who" + names.number());
        this.signal = new ChannelName("signal:who" + names.number());
    }

    private HttpResponse<String> get(UserId user, ChannelName channel, String what) throws IOException {
        return new Replies(suite.http())
                .get(
                        URI.create(suite.gateway() + "/v1/channels/" + channel + "/" + what),
                        "Authorization",
                        "Bearer " + suite.stack().userToken(user.value()));
    }

    private JsonNode ask(ChannelName channel, String what) throws IOException {
        HttpResponse<String> answer = get(alice, channel, what);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Replies.json(answer);
    }

    private RawLink follower(UserId user, URI origin, ChannelName channel) throws IOException {
        RawLink link = suite.subscribed(user, origin, channel);
        link.send(new ClientFrame.PresenceSync(Ref.of("sync"), channel, null));
        link.await(ServerFrame.PresenceSync.class);
        return link;
    }

    private static List<String> ids(JsonNode users) {
        List<String> ids = new ArrayList<>();
        users.forEach(user -> ids.add(user.path("user").asText()));
        return ids;
    }

    @Test
    void subscribersOfTwoNodesAreListedAndCountedOverRest() throws IOException {
        try (RawLink one = suite.subscribed(alice, suite.node(1), room);
                RawLink other = suite.subscribed(bob, suite.node(2), room);
                RawLink again = suite.subscribed(bob, suite.node(1), room)) {
            other.send(new ClientFrame.Enter(Ref.of("enter"), room, Json.tree("typing")));
            other.await(ServerFrame.PresenceAck.class);
            await().atMost(Suite.DEADLINE).untilAsserted(() -> {
                JsonNode there = ask(room, "presence");
                assertThat(there.path("online").asInt()).isEqualTo(2);
                assertThat(ids(there.path("users"))).containsExactly(alice.value(), bob.value());
                assertThat(there.path("users").path(1).path("data").asText()).isEqualTo("typing");
                assertThat(ask(room, "occupancy").toString())
                        .isEqualTo("{\"channel\":\"" + room + "\",\"users\":2,\"links\":3}");
            });
            JsonNode page = ask(room, "presence?limit=1");
            assertThat(ids(page.path("users"))).containsExactly(alice.value());
            assertThat(ids(ask(room, "presence?cursor=" + page.path("next").asText())
                            .path("users")))
                    .containsExactly(bob.value());
            assertThat(one.isOpen() && again.isOpen()).isTrue();
        }
        await().atMost(LEFT)
                .untilAsserted(() ->
                        assertThat(ask(room, "presence").path("online").asInt()).isZero());
    }

    @Test
    void followerHearsOfAnotherNodeWhoEntersUpdatesAndLeaves() throws IOException {
        suite.createGroup(group, alice, bob);
        try (RawLink one = follower(alice, suite.node(1), group);
                RawLink other = suite.subscribed(bob, suite.node(2), group)) {
            other.send(new ClientFrame.Enter(Ref.of(1), group, Json.tree(1)));
            ServerFrame.PresenceDiff entered = one.await(ServerFrame.PresenceDiff.class);
            assertThat(entered.entered())
                    .singleElement()
                    .satisfies(user -> assertThat(user.user()).isEqualTo(bob))
                    .satisfies(user -> assertThat(user.data()).isEqualTo(Json.tree(1)));

            other.send(new ClientFrame.Update(Ref.of(2), group, Json.tree(2)));
            one.await(
                    ServerFrame.PresenceDiff.class,
                    diff -> diff.updated() != null
                            && Json.tree(2).equals(diff.updated().getFirst().data()));
            try (RawLink late = suite.subscribed(bob, suite.node(2), group)) {
                late.send(new ClientFrame.PresenceSync(Ref.of(3), group, false));
                late.await(ServerFrame.PresenceAck.class);
                late.send(new ClientFrame.PresenceSync(Ref.of(4), group, null));
                assertThat(late.await(ServerFrame.PresenceSync.class).users())
                        .singleElement()
                        .satisfies(user -> assertThat(user.data()).isEqualTo(Json.tree(2)));
            }

            other.send(new ClientFrame.Leave(Ref.of(5), group));
            one.await(ServerFrame.PresenceDiff.class, diff -> List.of(bob).equals(diff.left()));
            assertThat(ask(group, "occupancy").path("users").asInt()).isZero();
        }
    }

    @Test
    void usersOfAKilledNodeLeave() throws IOException {
        try (RawLink one = follower(alice, suite.node(1), room);
                RawLink other = suite.subscribed(bob, suite.node(2), room)) {
            one.await(
                    ServerFrame.PresenceDiff.class,
                    diff -> diff.entered() != null
                            && diff.entered().getFirst().user().equals(bob));
            suite.kill("connection-2");

            await().atMost(Suite.COME_BACK)
                    .until(() -> one.received(ServerFrame.PresenceDiff.class).stream()
                            .anyMatch(diff -> List.of(bob).equals(diff.left())));
            assertThat(ids(ask(room, "presence").path("users"))).containsExactly(alice.value());
            assertThat(other.awaitClosed()).isNotNull();
        } finally {
            suite.awaitHealthy();
        }
    }

    @Test
    void viewersOfALiveChannelAreCounted() throws IOException {
        try (RawLink one = suite.link(alice, suite.node(1));
                RawLink other = suite.subscribed(bob, suite.node(2), live)) {
            one.send(new ClientFrame.Subscribe(Ref.of(1), live, null, true));
            one.await(ServerFrame.Occupancy.class, count -> count.users() == 2 && count.links() == 2);
            other.send(new ClientFrame.Unsubscribe(Ref.of(2), live));
            one.await(ServerFrame.Occupancy.class, count -> count.users() == 1 && count.links() == 1);

            assertThat(ask(live, "occupancy").path("users").asInt()).isEqualTo(1);
            assertThat(get(alice, live, "presence").statusCode()).isEqualTo(404);
            one.send(new ClientFrame.PresenceSync(Ref.of(3), live, null));
            assertThat(one.await("error").path("code").asText()).isEqualTo("not_found");
        }
    }

    @Test
    void lateSubscriberGetsTheLastSignalsOfThoseWhoAreThere() throws IOException {
        try (RawLink one = suite.subscribed(alice, suite.node(1), signal);
                RawLink other = suite.subscribed(bob, suite.node(2), signal)) {
            one.send(new ClientFrame.Signal(signal, Json.tree("left")));
            one.send(new ClientFrame.Signal(signal, Json.tree("right")));
            other.await(ServerFrame.Signal.class, frame -> frame.data().equals(Json.tree("right")));
            try (RawLink late = suite.subscribed(bob, suite.node(2), signal)) {
                assertThat(late.await(
                                ServerFrame.Signal.class, frame -> frame.data().equals(Json.tree("right"))))
                        .isNotNull();
            }
        }
    }

    @Test
    void whatIsNotAllowedIsRefusedWithAReason() throws IOException {
        suite.createGroup(group, bob);
        try (RawLink one = suite.subscribed(alice, suite.node(1), room)) {
            one.send(new ClientFrame.Enter(Ref.of("a"), group, null));
            assertError(one, "a", "forbidden", "subscribe");
            one.send("{\"type\":\"enter\",\"ref\":\"b\"}");
            assertError(one, "b", "bad_request", "channel");
            one.send("{\"type\":\"update\",\"ref\":\"c\",\"channel\":\"" + room + "\"}");
            assertError(one, "c", "bad_request", "data");
            one.send("{\"type\":\"enter\",\"ref\":\"d\",\"channel\":\"" + room + "\",\"data\":\""
                    + "x".repeat(ClientFrame.MAX_PRESENCE_DATA) + "\"}");
            assertError(one, "d", "bad_request", "1024");
            one.send("{\"type\":\"presence_sync\",\"ref\":\"e\",\"channel\":\"" + room + "\",\"follow\":\"maybe\"}");
            assertError(one, "e", "bad_request", "follow");

            for (String what : List.of("presence", "occupancy")) {
                assertThat(get(alice, group, what).statusCode()).isEqualTo(403);
            }
            assertThat(get(alice, room, "presence?limit=0").body()).contains("limit:");
        }
    }

    private static void assertError(RawLink link, String ref, String code, String reason) {
        JsonNode error = link.await(
                "an error for " + ref,
                frame -> frame.path("type").asText().equals("error")
                        && frame.path("ref").asText().equals(ref));
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).contains(reason);
    }
}
