package dev.dunlin.presence.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.bus.RedisKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is in a channel, by the parts that connection nodes left in Redis. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class ChannelPresenceResourceIT {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Redis redis;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final NodeId one = new NodeId("one." + suffix);
    private final NodeId other = new NodeId("other." + suffix);

    private void send(Request request) {
        try {
            var unused = redis.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void alive(NodeId... lives) {
        Arrays.stream(lives)
                .forEach(life -> send(Request.cmd(Command.SET)
                        .arg(RedisKeys.nodeLease(life))
                        .arg("alive")
                        .arg("PX")
                        .arg(60_000)));
    }

    private void part(String channel, NodeId life, PartHead head, PartUser... users) {
        ChannelName name = new ChannelName(channel);
        send(Request.cmd(Command.HSET)
                .arg(RedisKeys.channelParts(name))
                .arg(life.value())
                .arg(head.text()));
        for (PartUser user : users) {
            send(Request.cmd(Command.HSET)
                    .arg(RedisKeys.channelPart(name, life))
                    .arg(user.user().value())
                    .arg(Buffer.buffer(Json.write(user))));
        }
    }

    private static PartUser user(String id, long since, long at, String data) {
        return new PartUser(new UserId(id), since, at, TextNode.valueOf(data), 0, null);
    }

    private static ValidatableResponse get(String path) {
        return given().auth()
                .oauth2(TestTokens.user("reader"))
                .get("/v1/channels/" + path)
                .then();
    }

    @Test
    void subscribersOfAllNodesAreMergedInTheOrderOfIds() {
        String room = "open:subscribers:" + suffix;
        alive(one, other);
        part(room, one, new PartHead(1, 2, 2), user("bob", 20, 5, "old"), user("ann", 10, 1, "a"));
        part(room, other, new PartHead(1, 1, 2), user("bob", 15, 9, "new"));

        get(room + "/presence")
                .statusCode(200)
                .body("online", equalTo(2))
                .body("users.user", contains("ann", "bob"))
                .body("users.since", contains(10, 15))
                .body("users.data", contains("a", "new"))
                .body("users[0].status", nullValue())
                .body("next", nullValue());
        get(room + "/occupancy")
                .statusCode(200)
                .body("channel", equalTo(room))
                .body("users", equalTo(2))
                .body("links", equalTo(4));
    }

    @Test
    void pagesCoverAllUsersOnce() {
        String room = "open:subscribers:pages-" + suffix;
        alive(one);
        PartUser[] users =
                IntStream.range(0, 5).mapToObj(i -> user("u" + i, i, 0, "x")).toArray(PartUser[]::new);
        part(room, one, new PartHead(1, 5, 5), users);

        String next = get(room + "/presence?limit=2")
                .body("online", equalTo(5))
                .body("users.user", contains("u0", "u1"))
                .extract()
                .path("next");
        next = get(room + "/presence?limit=2&cursor=" + next)
                .body("users.user", contains("u2", "u3"))
                .extract()
                .path("next");
        get(room + "/presence?limit=2&cursor=" + Objects.requireNonNull(next))
                .body("users.user", contains("u4"))
                .body("next", nullValue());
    }

    @Test
    void partsOfDeadNodesDoNotCount() {
        String room = "open:subscribers:dead-" + suffix;
        alive(one);
        part(room, one, new PartHead(1, 1, 1), user("ann", 1, 0, "x"));
        part(room, other, new PartHead(1, 1, 1), user("ghost", 1, 0, "x"));

        get(room + "/presence").body("users.user", contains("ann"));
        get(room + "/occupancy").body("users", equalTo(1)).body("links", equalTo(1));
    }

    @Test
    void channelWithoutAnybodyIsEmpty() {
        get("open:subscribers:nobody-" + suffix + "/presence")
                .statusCode(200)
                .body("online", equalTo(0))
                .body("users", empty());
        get("open:subscribers:nobody-" + suffix + "/occupancy")
                .statusCode(200)
                .body("users", equalTo(0))
                .body("links", equalTo(0));
    }

    @Test
    void countAddsTheUsersOfTheNodesAndNamesNobody() {
        String live = "open:count:" + suffix;
        alive(one, other);
        part(live, one, new PartHead(1, 3, 4));
        part(live, other, new PartHead(1, 2, 2));

        get(live + "/occupancy").body("users", equalTo(5)).body("links", equalTo(6));
        get(live + "/presence").statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void nothingIsAnsweredWhereNothingIsShown() {
        get("open:none:" + suffix + "/presence").statusCode(404).body("code", equalTo("not_found"));
        get("open:none:" + suffix + "/occupancy").statusCode(404).body("code", equalTo("not_found"));
        get("nothing:here/occupancy").statusCode(404);
    }

    @Test
    void whoMayNotReadTheChannelIsRefused() {
        for (String what : List.of("presence", "occupancy")) {
            get("group:with:bob/" + what).statusCode(403).body("code", equalTo("forbidden"));
            get("group:shut/" + what).statusCode(403).body("code", equalTo("forbidden"));
        }
    }

    @Test
    void wrongLimitsAndCursorsAreBadRequestsThatNameThem() {
        String room = "open:subscribers:" + suffix;
        for (String limit : List.of("0", "1001", "-1", "x", "99999999999")) {
            get(room + "/presence?limit=" + limit)
                    .statusCode(400)
                    .body("code", equalTo("bad_request"))
                    .body("detail", containsString("limit:"));
        }
        for (String cursor : List.of("!", "AAAA", "Li4")) {
            get(room + "/presence?cursor=" + cursor)
                    .statusCode(400)
                    .body("code", equalTo("bad_request"))
                    .body("detail", containsString("cursor:"));
        }
    }
}
