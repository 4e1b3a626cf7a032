package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class TextsIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void aMessageIsGivenAsItIsNowToThoseWhoAreMembersNow() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "m1", "\"old\"");
        rest.publish(rest.alice, rest.group, "m2", "\"kept\"");
        rest.publish(rest.alice, rest.group, "m3", "\"taken back\"");
        String epoch = epoch();
        edit(1, "new");
        rest.as(rest.alice)
                .delete("/v1/channels/" + rest.group + "/messages/3")
                .then()
                .statusCode(200);

        ask(List.of(
                        asked(epoch, 1, rest.alice, rest.bob, rest.eve),
                        asked(epoch, 2, rest.bob),
                        asked(epoch, 3, rest.bob)))
                .then()
                .statusCode(200)
                .body("texts[0].data", equalTo("new"))
                .body("texts[0].readers", containsInAnyOrder(rest.alice, rest.bob))
                .body("texts[1].data", equalTo("kept"))
                .body("texts[2].data", nullValue())
                .body("texts[2].readers", empty());

        rest.as(rest.alice)
                .delete("/v1/channels/" + rest.group + "/members/" + rest.bob)
                .then()
                .statusCode(204);
        ask(List.of(asked(epoch, 2, rest.bob), asked(epoch, 2, rest.bob, rest.alice)))
                .then()
                .body("texts[0].data", nullValue())
                .body("texts[0].readers", empty())
                .body("texts[1].readers", contains(rest.alice));
    }

    @Test
    void whoBlocksTheSenderGetsNoText() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "m1", "\"text\"");
        rest.as(rest.bob).put("/v1/users/me/blocks/" + rest.alice).then().statusCode(204);

        ask(List.of(asked(epoch(), 1, rest.bob), asked(epoch(), 1, rest.alice, rest.bob)))
                .then()
                .statusCode(200)
                .body("texts[0].data", nullValue())
                .body("texts[0].readers", empty())
                .body("texts[0].blocking", contains(rest.bob))
                .body("texts[1].data", equalTo("text"))
                .body("texts[1].readers", contains(rest.alice))
                .body("texts[1].blocking", contains(rest.bob));
    }

    @Test
    void whoBlocksTheSenderIsNamedOnlyIfItCouldReadTheMessage() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "m1", "\"text\"");
        rest.publish(rest.bob, rest.group, "m2", "\"text\"");
        rest.as(rest.bob).put("/v1/users/me/blocks/" + rest.alice).then().statusCode(204);
        rest.as(rest.eve).put("/v1/users/me/blocks/" + rest.alice).then().statusCode(204);
        String epoch = epoch();

        ask(List.of(asked(epoch, 1, rest.alice, rest.eve), asked(epoch, 2, rest.alice, rest.bob)))
                .then()
                .statusCode(200)
                .body("texts[0].readers", contains(rest.alice))
                .body("texts[0].keySet()", containsInAnyOrder("data", "readers"))
                .body("texts[1].readers", contains(rest.alice, rest.bob))
                .body("texts[1].keySet()", containsInAnyOrder("data", "readers"));
        rest.as(rest.alice)
                .delete("/v1/channels/" + rest.group + "/messages/1")
                .then()
                .statusCode(200);
        ask(List.of(asked(epoch, 1, rest.bob)))
                .then()
                .body("texts[0].data", nullValue())
                .body("texts[0].keySet()", containsInAnyOrder("data", "readers"));
    }

    @Test
    void aThousandMessagesAreAnsweredAtOnce() {
        rest.createGroup();
        IntStream.rangeClosed(1, 5).forEach(i -> rest.publish(rest.alice, rest.group, "m" + i, Integer.toString(i)));
        String epoch = epoch();
        String[] users = IntStream.range(0, 10)
                .mapToObj(i -> i == 0 ? rest.bob : "nobody-" + i)
                .toArray(String[]::new);

        ask(IntStream.range(0, 1_000)
                        .mapToObj(i -> asked(epoch, i % 5 + 1, users))
                        .toList())
                .then()
                .statusCode(200)
                .body("texts.size()", equalTo(1_000))
                .body("texts[0].data", equalTo(1))
                .body("texts[998].data", equalTo(4))
                .body("texts[998].readers", contains(rest.bob));
    }

    @Test
    void whatIsNoMessageOfThisEpochHasNoText() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "m1", "\"text\"");
        rest.publish(rest.alice, rest.group, "m2", "\"text\"");
        edit(1, "edited");

        ask(List.of(
                        asked("other", 1, rest.bob),
                        asked(epoch(), 3, rest.bob), // the edit's own event
                        asked(epoch(), 99, rest.bob),
                        Map.of(
                                "channel",
                                "group:none-" + rest.suffix,
                                "epoch",
                                "e",
                                "seq",
                                1,
                                "users",
                                List.of(rest.bob))))
                .then()
                .statusCode(200)
                .body("texts.data", contains(nullValue(), nullValue(), nullValue(), nullValue()));
    }

    @Test
    void aPurgedChannelHasNoTexts() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "m1", "\"text\"");
        String epoch = epoch();
        rest.as(rest.alice)
                .delete("/v1/channels/" + rest.group + "?purge=true")
                .then()
                .statusCode(202);

        ask(List.of(asked(epoch, 1, rest.bob))).then().statusCode(200).body("texts[0].data", nullValue());
    }

    @Test
    void theQuestionIsBoundedAndOnlyServicesAsk() {
        assertProblem(
                ask(IntStream.range(0, 1_001)
                        .mapToObj(i -> asked("e", i, rest.bob))
                        .toList()),
                400,
                "bad_request",
                "asked: at most 1000 with at most 10000 users in all");
        String[] crowd = IntStream.range(0, 10_001).mapToObj(i -> "u" + i).toArray(String[]::new);
        assertProblem(
                ask(List.of(asked("e", 1, crowd))),
                400,
                "bad_request",
                "asked: at most 1000 with at most 10000 users in all");
        assertProblem(ask(List.of(Map.of("channel", rest.group, "seq", 1))), 400, "bad_request", "asked: ");
        assertProblem(
                rest.as(rest.alice).body("{\"asked\":[]}").post(management("/internal/texts")),
                403,
                "forbidden",
                "token");
    }

    @Test
    void whoJoinedLaterGetsNoTextFromBeforeWhereItsNamespaceHidesIt() {
        String late = "late:" + rest.suffix;
        rest.as(rest.alice)
                .body("{\"channel\":\"" + late + "\"}")
                .post("/v1/channels")
                .then()
                .statusCode(201);
        rest.publish(rest.alice, late, "a", "\"before\"").then().statusCode(201);
        rest.as(rest.alice)
                .put("/v1/channels/" + late + "/members/" + rest.bob)
                .then()
                .statusCode(200);
        rest.publish(rest.alice, late, "b", "\"after\"").then().statusCode(201);
        String epoch = epoch(late);

        ask(List.of(askedIn(late, epoch, 1, rest.bob, rest.alice), askedIn(late, epoch, 3, rest.bob)))
                .then()
                .statusCode(200)
                .body("texts[0].readers", contains(rest.alice))
                .body("texts[1].data", equalTo("after"))
                .body("texts[1].readers", contains(rest.bob));
    }

    private void edit(int seq, String text) {
        rest.as(rest.alice)
                .body("{\"data\":\"" + text + "\"}")
                .patch("/v1/channels/" + rest.group + "/messages/" + seq)
                .then()
                .statusCode(200);
    }

    private String epoch() {
        return epoch(rest.group);
    }

    private String epoch(String channel) {
        return rest.asService()
                .queryParam("user", rest.alice)
                .get(management("/internal/channels/" + channel + "/access"))
                .path("epoch");
    }

    private Map<String, Object> asked(String epoch, int seq, String... users) {
        return askedIn(rest.group, epoch, seq, users);
    }

    private static Map<String, Object> askedIn(String channel, String epoch, int seq, String... users) {
        return Map.of("channel", channel, "epoch", epoch, "seq", seq, "users", List.of(users));
    }

    private Response ask(List<? extends Map<String, ?>> asked) {
        return rest.asService().body(Map.of("asked", asked)).post(management("/internal/texts"));
    }
}
