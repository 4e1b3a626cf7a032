package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.Exposition;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class InternalIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void aMemberMayReadAndPublishAndAForeignerNeither() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "a", "1");

        access(rest.group, rest.bob)
                .then()
                .statusCode(200)
                .body("durable", equalTo(true))
                .body("push", equalTo(true))
                .body("pushMode", equalTo("all"))
                .body("head", equalTo(1))
                .body("epoch", notNullValue())
                .body("member", equalTo(true))
                .body("subscribe", equalTo(true))
                .body("publish", equalTo(true));
        access(rest.group, rest.eve)
                .then()
                .statusCode(200)
                .body("member", equalTo(false))
                .body("subscribe", equalTo(false))
                .body("publish", equalTo(false));
    }

    @Test
    void openAndDirectChannelsAreEmptyUntilSomebodyWritesToThem() {
        String direct = "dm:" + rest.alice + ":" + rest.bob;

        access(rest.room, rest.eve)
                .then()
                .statusCode(200)
                .body("epoch", notNullValue())
                .body("publish", equalTo(true))
                .body("member", equalTo(false));
        access(direct, rest.alice).then().statusCode(200).body("member", equalTo(true));
        access("live:" + rest.suffix, rest.eve)
                .then()
                .body("subscribe", equalTo(true))
                .body("publish", equalTo(false));
        rest.asService()
                .get(management("/internal/users/" + rest.bob + "/channels"))
                .then()
                .body("channels", empty());
        rest.publish(rest.alice, direct, "a", "1").then().statusCode(201);
        rest.asService()
                .get(management("/internal/users/" + rest.bob + "/channels"))
                .then()
                .statusCode(200)
                .body("channels.channel", contains(direct))
                .body("channels[0].unread", equalTo(1));
        assertProblem(access("dm:" + rest.alice + ":zoe", rest.eve), 403, "forbidden", "dm:");
        assertProblem(access("group:none-" + rest.suffix, rest.eve), 403, "forbidden", "group:none");
    }

    @Test
    void servicesLearnHowUsersAreRelated() {
        rest.createGroup();
        rest.publish(rest.alice, "dm:" + rest.alice + ":" + rest.eve, "a", "1")
                .then()
                .statusCode(201);
        rest.as(rest.bob).put("/v1/users/me/blocks/" + rest.alice).then().statusCode(204);
        List<String> others = List.of(rest.bob, rest.eve, "nobody-" + rest.suffix);

        rest.asService()
                .contentType(ContentType.JSON)
                .body(Map.of("viewer", rest.alice, "users", others))
                .post(management("/internal/relations"))
                .then()
                .statusCode(200)
                .body("contacts", contains(rest.eve))
                .body("members", containsInAnyOrder(rest.bob, rest.eve))
                .body("blocking", contains(rest.bob));
        rest.asService()
                .get(management("/internal/users/" + rest.eve + "/contacts"))
                .then()
                .statusCode(200)
                .body("users", contains(rest.alice))
                .body("more", equalTo(false));
        for (Map<String, Object> broken : List.<Map<String, Object>>of(
                Map.of("users", others),
                Map.of("viewer", rest.alice),
                Map.of("viewer", "a b", "users", others),
                Map.of(
                        "viewer",
                        rest.alice,
                        "users",
                        IntStream.range(0, 101).mapToObj(i -> "u" + i).toList()))) {
            rest.asService()
                    .contentType(ContentType.JSON)
                    .body(broken)
                    .post(management("/internal/relations"))
                    .then()
                    .statusCode(400);
        }
        rest.as(rest.alice)
                .contentType(ContentType.JSON)
                .body(Map.of("viewer", rest.alice, "users", others))
                .post(management("/internal/relations"))
                .then()
                .statusCode(403);
    }

    @Test
    void manyAreAnsweredAtOnceAndNothingComesToBeByIt() {
        rest.createGroup();
        String fresh = "room:fresh-" + rest.suffix;

        ask(
                        rest.group,
                        rest.bob,
                        rest.group,
                        rest.eve,
                        fresh,
                        rest.bob,
                        "signal:cursors",
                        rest.eve,
                        "nowhere:x",
                        rest.eve)
                .then()
                .statusCode(200)
                .body("answers.size()", equalTo(5))
                .body("answers[0].member", equalTo(true))
                .body("answers[0].subscribe", equalTo(true))
                .body("answers[0].epoch", notNullValue())
                .body("answers[1].subscribe", equalTo(false))
                .body("answers[2]", nullValue())
                .body("answers[3].durable", equalTo(false))
                .body("answers[4]", nullValue());
        ask(fresh, rest.bob).then().body("answers[0]", nullValue());
        access(fresh, rest.bob).then().statusCode(200).body("subscribe", equalTo(true));
        ask(fresh, rest.bob).then().body("answers[0]", nullValue());
        rest.publish(rest.bob, fresh, "a", "1").then().statusCode(201);
        ask(fresh, rest.bob).then().body("answers[0].subscribe", equalTo(true));
    }

    @Test
    void channelsOfManyUsersAreListedInTheOrderOfTheQuestion() {
        rest.createGroup();

        membershipsOf("\"" + rest.eve + "\",\"" + rest.bob + "\",\"" + rest.bob + "\"")
                .then()
                .statusCode(200)
                .body("answers.size()", equalTo(3))
                .body("answers[0].channels", empty())
                .body("answers[1].channels.channel", contains(rest.group))
                .body("answers[1].more", equalTo(false))
                .body("answers[2].channels.channel", contains(rest.group));
        membershipsOf("").then().statusCode(200).body("answers", empty());
        assertProblem(membershipsOf("null"), 400, "bad_request", "users: ");
        assertProblem(membershipsOf("\"a\",".repeat(100) + "\"a\""), 400, "bad_request", "users: ");
        assertProblem(
                rest.asService().body("{}").post(management("/internal/memberships")), 400, "bad_request", "users: ");
        assertProblem(
                rest.asServer().body("{\"users\":[]}").post(management("/internal/memberships")),
                403,
                "forbidden",
                "token");
    }

    private Response membershipsOf(String users) {
        return rest.asService().body("{\"users\":[" + users + "]}").post(management("/internal/memberships"));
    }

    @Test
    void anEphemeralChannelHasNoEpoch() {
        access("signal:cursors", rest.eve)
                .then()
                .statusCode(200)
                .body("durable", equalTo(false))
                .body("epoch", nullValue())
                .body("subscribe", equalTo(true))
                .body("publish", equalTo(true));
    }

    @Test
    void theLogAndTheMembersOfAnyChannelAreForServices() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "a", "1");

        rest.asService()
                .get(management("/internal/channels/" + rest.group + "/events?after=0&limit=10"))
                .then()
                .statusCode(200)
                .body("head", equalTo(1))
                .body("events.id", contains("a"));
        rest.asService()
                .get(management("/internal/channels/" + rest.group + "/members?limit=1"))
                .then()
                .statusCode(200)
                .body("members.user", contains(rest.alice))
                .body("next", notNullValue());
        assertProblem(
                rest.asService().get(management("/internal/channels/group:none-" + rest.suffix + "/events")),
                404,
                "not_found",
                "group:none");
    }

    @Test
    void aQuestionThatIsIncompleteIsNamed() {
        assertProblem(
                rest.asService().get(management("/internal/channels/" + rest.room + "/access")),
                400,
                "bad_request",
                "user");
        assertProblem(
                rest.asService().body("{\"asked\":[{\"channel\":\"room:x\"}]}").post(management("/internal/access")),
                400,
                "bad_request",
                "asked: ");
    }

    @Test
    void neitherUsersNorBackEndsAskAndServicesDoNothingElse() {
        for (RequestSpecification stranger : List.of(rest.as(rest.alice), rest.asServer())) {
            for (String path : List.of(
                    "/internal/users/" + rest.bob + "/channels",
                    "/internal/channels/" + rest.room + "/access?user=" + rest.bob,
                    "/internal/channels/" + rest.room + "/events",
                    "/internal/channels/" + rest.room + "/members")) {
                assertProblem(stranger.get(management(path)), 403, "forbidden", "token");
            }
            assertProblem(
                    stranger.body("{\"asked\":[]}").post(management("/internal/access")), 403, "forbidden", "token");
            assertProblem(
                    stranger.body("{\"channels\":[]}").post(management("/internal/heads")), 403, "forbidden", "token");
            assertProblem(
                    stranger.body("{\"asked\":[]}").post(management("/internal/unread")), 403, "forbidden", "token");
        }
        for (String path : List.of("/v1/channels", "/v1/channels/" + rest.room + "/events")) {
            assertProblem(rest.asService().get(path), 403, "forbidden", "internal");
        }
        assertProblem(rest.asService().body("{\"messages\":[]}").post("/v1/publish"), 403, "forbidden", "");
        assertProblem(rest.asService().delete("/v1/users/" + rest.bob + "/data"), 403, "forbidden", "");
    }

    @Test
    void metricsAndHealthAreThere() {
        rest.publish(rest.alice, rest.room, "a", "1").then().statusCode(201);

        String metrics = RestAssured.given()
                .get(management("/q/metrics"))
                .then()
                .statusCode(200)
                .body(containsString("dunlin_messages_appended_total"))
                .body(containsString("dunlin_commands_refused_total{code=\"forbidden\"}"))
                .body(containsString("dunlin_batch_commands_count"))
                .body(containsString("dunlin_commands_waiting"))
                .body(containsString("kafka_producer_record_send_total"))
                .body(containsString("kafka_consumer_fetch_manager_records_consumed_total"))
                .extract()
                .asString();
        assertThat(new Exposition(metrics).undescribed()).isEmpty();
        RestAssured.given().get(management("/q/health/ready")).then().statusCode(200);
        RestAssured.given()
                .get(management("/q/health/group/engines"))
                .then()
                .statusCode(200)
                .body("checks.name", containsInAnyOrder("Kafka", "Redis", "PostgreSQL"));
    }

    /** Channels and users by turns. */
    private Response ask(String... asked) {
        List<Map<String, String>> questions = IntStream.range(0, asked.length / 2)
                .mapToObj(i -> Map.of("channel", asked[2 * i], "user", asked[2 * i + 1]))
                .toList();
        return rest.asService()
                .contentType(ContentType.JSON)
                .body(Map.of("asked", questions))
                .post(management("/internal/access"));
    }

    private Response access(String channel, String user) {
        return rest.asService().queryParam("user", user).get(management("/internal/channels/" + channel + "/access"));
    }
}
