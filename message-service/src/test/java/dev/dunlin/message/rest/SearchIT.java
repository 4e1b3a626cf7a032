package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class SearchIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void aPageOfWhatIsFoundComesNewestFirstAndGoesOnWithPrev() {
        for (int i = 1; i <= 3; i++) {
            rest.publish(rest.alice, rest.room, "m" + i, "{\"text\":\"green tea " + i + "\"}");
        }

        search("green tea", "&limit=2")
                .then()
                .statusCode(200)
                .body("messages.seq", contains(3, 2))
                .body("messages[0].data.text", equalTo("green tea 3"))
                .body("prev", equalTo("2"));
        search("green tea", "&limit=2&before=2")
                .then()
                .body("messages.seq", contains(1))
                .body("prev", nullValue());
        search("coffee", "").then().statusCode(200).body("messages", empty());
    }

    @Test
    void whatCannotBeSearchedForIsSaid() {
        rest.publish(rest.alice, rest.room, "m1", "\"x\"");

        assertProblem(
                rest.as(rest.bob).get("/v1/channels/" + rest.room + "/search"), 400, "bad_request", "q: is required");
        assertProblem(search("  ", ""), 400, "bad_request", "q: is required");
        assertProblem(search("?!", ""), 400, "bad_request", "q: has no word");
        assertProblem(search("a\u0000b", ""), 400, "bad_request", "q: must be");
        assertProblem(search("x".repeat(257), ""), 400, "bad_request", "q: must be");
        assertProblem(search("x", "&before=-1"), 400, "bad_request", "before");
        assertProblem(
                rest.as(rest.bob).get("/v1/channels/live:" + rest.suffix + "/search?q=x"),
                400,
                "bad_request",
                "live is not searched");
    }

    @Test
    void onlyWhoMayReadAChannelSearchesIt() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "m1", "\"word\"");

        assertProblem(
                rest.as(rest.eve).get("/v1/channels/" + rest.group + "/search?q=word"), 403, "forbidden", rest.group);
        rest.as(rest.bob)
                .get("/v1/channels/" + rest.group + "/search?q=word")
                .then()
                .body("messages.seq", contains(1));
    }

    private Response search(String text, String more) {
        return rest.as(rest.bob).queryParam("q", text).get("/v1/channels/" + rest.room + "/search?x=1" + more);
    }
}
