package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class UnreadIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void usersAreCountedInTheOrderOfTheQuestion() {
        String direct = "dm:" + rest.alice + ":" + rest.bob;
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "a", "1").then().statusCode(201);
        rest.publish(rest.alice, rest.group, "b", "2").then().statusCode(201);
        rest.publish(rest.alice, direct, "a", "1").then().statusCode(201);

        ask(List.of(
                        asked(rest.bob, rest.group),
                        asked(rest.eve, rest.group),
                        asked(rest.bob, direct),
                        asked(rest.bob, rest.room),
                        asked(rest.alice, rest.group),
                        asked(rest.bob, rest.group)))
                .then()
                .statusCode(200)
                .body("unread.all", contains(3, 0, 3, 3, 0, 3))
                .body("unread.channel", contains(2, 0, 1, 0, 0, 2));

        rest.as(rest.bob)
                .body("{\"seq\":1}")
                .put("/v1/channels/" + rest.group + "/read")
                .then()
                .statusCode(204);
        ask(List.of(asked(rest.bob, rest.group)))
                .then()
                .body("unread.all", contains(2))
                .body("unread.channel", contains(1));
    }

    @Test
    void aThousandAreTheMost() {
        ask(Collections.nCopies(1_000, asked(rest.bob, rest.room)))
                .then()
                .statusCode(200)
                .body("unread.size()", equalTo(1_000));
        ask(List.of()).then().statusCode(200).body("unread", empty());
        assertProblem(
                ask(IntStream.range(0, 1_001)
                        .mapToObj(i -> asked("u" + i, rest.room))
                        .toList()),
                400,
                "bad_request",
                "asked: at most 1000, each with a user and a channel");
    }

    @Test
    void aQuestionThatIsIncompleteIsNamed() {
        for (String broken : List.of(
                "{}",
                "{\"asked\":null}",
                "{\"asked\":[null]}",
                "{\"asked\":[{\"user\":\"u\"}]}",
                "{\"asked\":[{\"channel\":\"room:x\"}]}")) {
            assertProblem(
                    rest.asService().body(broken).post(management("/internal/unread")), 400, "bad_request", "asked: ");
        }
        assertProblem(
                rest.asService()
                        .body("{\"asked\":[{\"user\":\"a b\",\"channel\":\"room:x\"}]}")
                        .post(management("/internal/unread")),
                400,
                "bad_request",
                "user");
        assertProblem(
                rest.asService().body("null").post(management("/internal/unread")),
                400,
                "bad_request",
                "body: is required");
    }

    private static Map<String, String> asked(String user, String channel) {
        return Map.of("user", user, "channel", channel);
    }

    private Response ask(List<Map<String, String>> asked) {
        return rest.asService().body(Map.of("asked", asked)).post(management("/internal/unread"));
    }
}
