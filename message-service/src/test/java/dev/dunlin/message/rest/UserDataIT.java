package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.command.StoreFailure;
import dev.dunlin.message.redis.RedisFarewell;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.Bus;
import dev.dunlin.message.testing.Kafka;
import dev.dunlin.message.userdata.Eraser;
import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.message.userdata.UserEvents;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent.UserErased;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the service holds of a user: exported, and erased. */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class UserDataIT {
    private final RestFixture rest = new RestFixture();
    private final UserId bob = new UserId(rest.bob);

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Inject
    MessageStore store;

    @Inject
    CommandGateway gateway;

    @Inject
    UserEvents userEvents;

    @Inject
    InstantSource clock;

    @Inject
    Redis redis;

    @Inject
    RedisDataSource bus;

    @Test
    void anExportHasAllThatAUserDidALineEach() throws InvalidInput {
        fill();

        List<JsonNode> lines = export(rest.bob);

        assertThat(lines)
                .extracting(line -> line.path("type").asText())
                .containsExactly("channel", "channel", "message", "message", "reaction", "end");
        assertThat(lines.toString()).contains("secret", "role").doesNotContain("of alice");
        assertThat(lines.getLast().path("messages").asInt()).isEqualTo(2);
        assertProblem(rest.as(rest.alice).get("/v1/users/" + rest.bob + "/export"), 403, "forbidden", "only the user");
        rest.asServer().get("/v1/users/" + rest.bob + "/export").then().statusCode(200);
    }

    @Test
    void anErasedUserLeavesTombstonesAndNothingElse() throws InvalidInput {
        fill();
        String data = "/v1/users/" + rest.bob + "/data";
        assertThat(rest.as(rest.bob).delete(data).statusCode()).isEqualTo(403);
        assertProblem(rest.asServer().get(data), 404, "not_found", rest.bob);

        rest.asServer().delete(data).then().statusCode(202).body("finished", nullValue());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rest.asServer().get(data).path("finished") != null);

        rest.asServer()
                .get(data)
                .then()
                .body("messages", equalTo(2))
                .body("reactions", equalTo(1))
                .body("channels", equalTo(2));
        for (String part : List.of("/messages", "/events")) {
            for (String channel : List.of(rest.group, rest.room)) {
                assertThat(rest.as(rest.alice)
                                .get("/v1/channels/" + channel + part)
                                .asString())
                        .as(channel + part)
                        .doesNotContain("secret");
            }
        }
        assertThat(rest.as(rest.alice)
                        .get("/v1/channels/" + rest.group + "/messages")
                        .asString())
                .contains("of alice");
        rest.as(rest.alice)
                .get("/v1/channels/" + rest.group + "/messages")
                .then()
                .body("messages[1].deleted", equalTo(true))
                .body("messages[0].reactions", nullValue());
        assertProblem(rest.as(rest.bob).get("/v1/channels/" + rest.group), 403, "forbidden", rest.group);
        assertThat(export(rest.bob)).hasSize(1);
    }

    @Test
    void aGroupOfAnErasedOwnerPassesToWhoWasAMemberLongest() {
        rest.createGroup();
        String members = "/v1/channels/" + rest.group + "/members";
        rest.as(rest.alice).put(members + "/a-" + rest.eve).then().statusCode(200);
        String data = "/v1/users/" + rest.alice + "/data";

        rest.asServer().delete(data).then().statusCode(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rest.asServer().get(data).path("finished") != null);

        rest.as(rest.bob)
                .get(members)
                .then()
                .body("members.user", contains("a-" + rest.eve, rest.bob))
                .body("members.role", contains("member", "owner"));
    }

    @Test
    void theOtherServicesAreNotifiedOnceNothingIsLeft() throws InvalidInput {
        fill();
        String data = "/v1/users/" + rest.bob + "/data";

        rest.asServer().delete(data).then().statusCode(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rest.asServer().get(data).path("finished") != null);

        long finished = rest.asServer().get(data).jsonPath().getLong("finished");
        try (Kafka kafka = new Kafka(servers)) {
            assertThat(kafka.userEvents(bob, 1)).containsExactly(new UserErased(bob, finished));
        }
    }

    @Test
    void anErasureThatIsAskedForAgainNotifiesTheNodesAgain() throws Exception {
        fill();
        String data = "/v1/users/" + rest.bob + "/data";
        try (Bus notices = new Bus(bus, BusChannel.ofUser(bob))) {
            for (int time = 0; time < 2; time++) {
                rest.asServer().delete(data).then().statusCode(202);
                UserNotice notice = Json.read(notices.nextPayload(), UserNotice.class);
                while (!notice.equals(new UserNotice.MembershipsChanged())) {
                    notice = Json.read(notices.nextPayload(), UserNotice.class);
                }
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> rest.asServer().get(data).path("finished") != null);
            }
        }
    }

    @Test
    void theOtherServicesAreNotifiedAgainAfterACrashBeforeItIsSavedAsFinished() {
        fill();
        try (Kafka kafka = new Kafka(servers)) {
            // As the one at it, so that the background does not come in between.
            await().until(() -> store.oneAtATime().tryRun(() -> {
                store.erasures().request(bob, clock.millis());

                assertThatThrownBy(() -> eraser(new Dying(store.erasures())).carryOut(() -> false, () -> {}))
                        .isInstanceOf(StoreFailure.class);
                assertThat(kafka.count(Topics.USER_EVENTS, rest.bob)).isOne();
                assertThat(store.erasures().findToDo().map(Erasures.Erasure::user))
                        .contains(bob);
                assertThat(store.userData().messages(bob, null, 1)).isEmpty();

                eraser(store.erasures()).carryOut(() -> false, () -> {});
                assertThat(kafka.count(Topics.USER_EVENTS, rest.bob)).isEqualTo(2);
                assertThat(store.erasures().findToDo()).isEmpty();
            }));
        }
    }

    private Eraser eraser(Erasures erasures) {
        return new Eraser(
                erasures,
                store.userData(),
                store.memberships(),
                store.contacts(),
                gateway,
                new RedisFarewell(redis, Duration.ofSeconds(2)),
                userEvents,
                clock,
                RandomGenerator.getDefault());
    }

    /** Dies when an erasure is to be saved as finished. */
    private record Dying(Erasures erasures) implements Erasures {
        @Override
        public Erasure request(UserId user, long now) {
            return erasures.request(user, now);
        }

        @Override
        public Optional<Erasure> find(UserId user) {
            return erasures.find(user);
        }

        @Override
        public Optional<Erasure> findToDo() {
            return erasures.findToDo();
        }

        @Override
        public void save(Erasure erasure) {
            if (erasure.finished() != null) {
                throw new StoreFailure("killed", new IllegalStateException("killed"));
            }
            erasures.save(erasure);
        }
    }

    /** Bob writes to a group, which is archived then, and to a room, edits, reacts and reads. */
    private void fill() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "a", "\"of alice\"");
        rest.publish(rest.bob, rest.group, "b", "\"secret 1\"");
        rest.as(rest.bob)
                .body("{\"data\":\"secret 2\"}")
                .patch("/v1/channels/" + rest.group + "/messages/2")
                .then()
                .statusCode(200);
        rest.as(rest.bob)
                .put("/v1/channels/" + rest.group + "/messages/1/reactions/x")
                .then()
                .statusCode(200);
        rest.publish(rest.bob, rest.room, "c", "{\"text\":\"secret 3\"}");
        rest.as(rest.bob)
                .body("{\"seq\":1}")
                .put("/v1/channels/" + rest.room + "/read")
                .then()
                .statusCode(204);
        rest.as(rest.alice).delete("/v1/channels/" + rest.group).then().statusCode(204);
    }

    private List<JsonNode> export(String user) throws InvalidInput {
        String body = rest.as(user)
                .get("/v1/users/" + user + "/export")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : body.lines().toList()) {
            lines.add(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
        }
        return lines;
    }
}
