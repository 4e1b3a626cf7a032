package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class HistoryFromJoinIT {
    private final RestFixture rest = new RestFixture();
    private final String late = "late:" + rest.suffix;
    private final String path = "/v1/channels/" + late;

    @Test
    void aMemberSeesNothingFromBeforeItJoined() {
        rest.as(rest.alice)
                .body("{\"channel\":\"" + late + "\"}")
                .post("/v1/channels")
                .then()
                .statusCode(201);
        rest.publish(rest.alice, late, "a", "{\"text\":\"secret one\"}").then().statusCode(201);
        rest.as(rest.alice).put(path + "/members/" + rest.bob).then().statusCode(200);
        rest.as(rest.bob).get("/v1/channels").then().body("channels[0].newest", nullValue());
        rest.as(rest.alice)
                .body("{\"data\":{\"text\":\"secret two\"}}")
                .patch(path + "/messages/1")
                .then()
                .statusCode(200);
        rest.as(rest.alice).put(path + "/messages/1/reactions/x").then().statusCode(200);
        rest.publish(rest.alice, late, "b", "{\"text\":\"open\"}").then().statusCode(201);

        for (String part : new String[] {"/messages", "/messages?after=0", "/messages?before=9", "/events?after=0"}) {
            assertThat(rest.as(rest.bob).get(path + part).asString())
                    .as(part)
                    .contains("open")
                    .doesNotContain("secret", "reacted");
        }
        rest.as(rest.bob).get(path + "/search?q=secret").then().statusCode(200).body("messages", hasSize(0));
        rest.as(rest.bob)
                .get(path + "/events?after=0")
                .then()
                .body("first", equalTo(2))
                .body("events.seq", contains(2, 3, 4, 5));
        assertProblem(rest.as(rest.bob).put(path + "/messages/1/reactions/y"), 404, "not_found", "1");
        rest.as(rest.bob).get("/v1/channels").then().body("channels[0].newest.seq", equalTo(5));

        assertThat(rest.as(rest.alice).get(path + "/events?after=0").asString()).contains("secret two", "reacted");
        assertThat(rest.asServer().get(path + "/messages").asString()).contains("secret two");
    }

    @Test
    void whoComesBackSeesWhatIsThereSinceThen() {
        rest.as(rest.alice)
                .body("{\"channel\":\"" + late + "\",\"members\":[\"" + rest.bob + "\"]}")
                .post("/v1/channels")
                .then()
                .statusCode(201);
        rest.publish(rest.alice, late, "a", "1").then().statusCode(201);
        rest.as(rest.bob).get(path + "/messages").then().body("messages.seq", contains(1));
        rest.as(rest.bob).delete(path + "/members/" + rest.bob).then().statusCode(204);
        rest.as(rest.alice).put(path + "/members/" + rest.bob).then().statusCode(200);

        rest.as(rest.bob).get(path + "/messages").then().body("messages", hasSize(0));
        rest.asService()
                .get(management("/internal/channels/" + late + "/access?user=" + rest.bob))
                .then()
                .body("from", equalTo(3));
        rest.asService()
                .get(management("/internal/users/" + rest.bob + "/channels"))
                .then()
                .body("channels[0].from", equalTo(3));
    }
}
