package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class MessagesIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void aMessageIsCreatedOnceAndARepeatGivesTheSameSeqAndTime() {
        Response first = rest.publish(rest.alice, rest.room, "m1", "{\"text\":\"hi\"}");
        Response again = rest.publish(rest.alice, rest.room, "m1", "{\"text\":\"hi\"}");

        first.then()
                .statusCode(201)
                .body("channel", equalTo(rest.room))
                .body("id", equalTo("m1"))
                .body("seq", equalTo(1));
        again.then().statusCode(200);
        assertThat(again.body().asString()).isEqualTo(first.body().asString());
    }

    @Test
    void ofManyAtOnceWithOneIdExactlyOneIsCreated() {
        rest.publish(rest.alice, rest.room, "warm-up", "0").then().statusCode(201);
        RequestSpecification alice = rest.as(rest.alice);
        List<Integer> statuses;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(CompletableFuture.supplyAsync(
                        () -> given().spec(alice)
                                .body("{\"id\":\"same\",\"data\":1}")
                                .post(messages())
                                .statusCode(),
                        executor));
            }
            statuses = all.stream().map(CompletableFuture::join).toList();
        }

        assertThat(statuses).containsOnlyOnce(201).hasSize(8);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(7);
    }

    @Test
    void anIdempotencyKeyStandsForTheId() {
        rest.as(rest.alice)
                .header("Idempotency-Key", "key-1")
                .body("{\"data\":1}")
                .post(messages())
                .then()
                .statusCode(201)
                .body("id", equalTo("key-1"));
        assertProblem(rest.as(rest.alice).body("{\"data\":1}").post(messages()), 400, "bad_request", "id");
        assertProblem(
                rest.as(rest.alice)
                        .header("Idempotency-Key", "with space")
                        .body("{\"data\":1}")
                        .post(messages()),
                400,
                "bad_request",
                "Idempotency-Key");
    }

    @Test
    void brokenMessagesAreRefused() {
        assertProblem(rest.as(rest.alice).body("{\"id\":\"a\"}").post(messages()), 400, "bad_request", "data");
        assertProblem(rest.publish(rest.alice, rest.room, "x".repeat(65), "1"), 400, "bad_request", "id");
        assertProblem(
                rest.publish(rest.alice, rest.room, "big", "\"" + "x".repeat(65_536) + "\""),
                413,
                "too_large",
                "65538");
        assertProblem(rest.publish(rest.alice, "live:" + rest.suffix, "a", "1"), 403, "forbidden", "live:");
        assertProblem(rest.publish(rest.alice, "signal:a", "a", "1"), 400, "bad_request", "ephemeral");
        assertProblem(rest.publish(rest.alice, "group:none", "a", "1"), 403, "forbidden", "group:none");
        rest.publish(rest.alice, rest.room, "null", "null").then().statusCode(201);
    }

    @Test
    void aBackEndPublishesToATicker() {
        rest.asServer()
                .body("{\"id\":\"t1\",\"data\":1.0842}")
                .post("/v1/channels/live:" + rest.suffix + "/messages")
                .then()
                .statusCode(201);
        rest.as(rest.eve)
                .get("/v1/channels/live:" + rest.suffix + "/messages")
                .then()
                .body("messages[0].data", equalTo(1.0842f));
    }

    @Test
    void historyShowsMessagesAsTheyAreNow() {
        publishMany(3);
        rest.as(rest.alice)
                .body("{\"data\":\"edited\"}")
                .patch(messages() + "/1")
                .then()
                .statusCode(200)
                .body("seq", equalTo(4));
        rest.as(rest.bob).put(messages() + "/1/reactions/👍").then().statusCode(200);
        rest.as(rest.alice).put(messages() + "/1/reactions/👍").then().statusCode(200);
        rest.as(rest.alice).put(messages() + "/1/reactions/tada").then().statusCode(200);
        rest.as(rest.alice).delete(messages() + "/1/reactions/tada").then().statusCode(200);
        rest.as(rest.alice).delete(messages() + "/2").then().statusCode(200);

        rest.as(rest.eve)
                .get(messages())
                .then()
                .statusCode(200)
                .body("messages.seq", contains(1, 2, 3))
                .body("messages[0].type", equalTo("message"))
                .body("messages[0].data", equalTo("edited"))
                .body("messages[0].edited > 0", equalTo(true))
                .body("messages[0].reactions.'👍'", contains(rest.bob, rest.alice))
                .body("messages[0].reactions.tada", nullValue())
                .body("messages[1].deleted", equalTo(true))
                .body("messages[1].data", nullValue())
                .body("messages[2].deleted", nullValue());
        assertProblem(
                rest.as(rest.bob).body("{\"data\":1}").patch(messages() + "/1"),
                403,
                "forbidden",
                "belongs to another user");
        assertProblem(rest.as(rest.bob).delete(messages() + "/1"), 403, "forbidden", "belongs to another user");
        assertProblem(rest.as(rest.alice).delete(messages() + "/99"), 404, "not_found", "99");
    }

    @Test
    void historyIsPagedForwardsAndBackwards() {
        publishMany(5);

        Response first = rest.as(rest.bob).get(messages() + "?after=0&limit=2");
        first.then().body("messages.seq", contains(1, 2)).body("prev", nullValue());
        Response second = rest.as(rest.bob).get(messages() + "?limit=2&after=" + first.path("next"));
        second.then().body("messages.seq", contains(3, 4));
        Response third = rest.as(rest.bob).get(messages() + "?limit=2&after=" + second.path("next"));
        third.then().body("messages.seq", contains(5)).body("next", nullValue());
        rest.as(rest.bob)
                .get(messages() + "?limit=3&before=" + third.path("prev"))
                .then()
                .body("messages.seq", contains(2, 3, 4))
                .body("next", equalTo("4"))
                .body("prev", equalTo("2"));
        rest.as(rest.bob)
                .get(messages() + "?limit=2")
                .then()
                .body("messages.seq", contains(4, 5))
                .body("next", nullValue())
                .body("prev", equalTo("4"));
        rest.as(rest.bob)
                .get(messages() + "?after=5")
                .then()
                .body("messages", empty())
                .body("next", nullValue());
        rest.as(rest.bob).get(messages() + "?limit=5000").then().statusCode(200).body("messages", hasSize(5));
        assertProblem(rest.as(rest.bob).get(messages() + "?after=x"), 400, "bad_request", "after");
        assertProblem(rest.as(rest.bob).get(messages() + "?limit=0"), 400, "bad_request", "limit");
        assertProblem(rest.as(rest.bob).get(messages() + "?after=1&before=2"), 400, "bad_request", "only one");
    }

    @Test
    void theRawLogHasEveryEventInOrder() {
        publishMany(2);
        rest.as(rest.alice).body("{\"data\":\"edited\"}").patch(messages() + "/1");
        String events = "/v1/channels/" + rest.room + "/events";

        rest.as(rest.bob)
                .get(events + "?after=0&limit=2")
                .then()
                .statusCode(200)
                .body("head", equalTo(3))
                .body("first", equalTo(1))
                .body("events.seq", contains(1, 2))
                .body("events[0].data", equalTo("m0"))
                .body("next", equalTo("2"));
        rest.as(rest.bob)
                .get(events + "?after=2")
                .then()
                .body("events.type", contains("edited"))
                .body("events[0].target", equalTo(1))
                .body("next", nullValue());
    }

    @Test
    void receiptsSayWhoHasReadUpToWhere() {
        publishMany(3);
        String channel = "/v1/channels/" + rest.room;
        rest.as(rest.bob).body("{\"seq\":2}").put(channel + "/read").then().statusCode(204);
        rest.as(rest.bob).body("{\"seq\":1}").put(channel + "/read").then().statusCode(204);

        rest.as(rest.alice)
                .get(channel + "/receipts")
                .then()
                .statusCode(200)
                .body("receipts.user", contains(rest.bob))
                .body("receipts[0].read", equalTo(2))
                .body("receipts[0].received", equalTo(2));
        assertProblem(rest.as(rest.bob).body("{\"seq\":9}").put(channel + "/read"), 400, "bad_request", "head");
        assertProblem(rest.as(rest.bob).body("{}").put(channel + "/read"), 400, "bad_request", "seq");
        assertProblem(rest.as(rest.bob).body("{\"seq\":\"1\"}").put(channel + "/read"), 400, "bad_request", "seq");
    }

    private void publishMany(int count) {
        for (int i = 0; i < count; i++) {
            rest.publish(rest.alice, rest.room, "m" + i, "\"m" + i + "\"")
                    .then()
                    .statusCode(201);
        }
    }

    private String messages() {
        return "/v1/channels/" + rest.room + "/messages";
    }
}
