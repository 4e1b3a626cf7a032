package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class ChannelsIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void aGroupIsCreatedOnceAndBelongsToItsCreator() {
        String body = "{\"channel\":\"" + rest.group + "\",\"title\":\"Engineers\",\"members\":[\"" + rest.alice
                + "\",\"" + rest.bob + "\"]}";
        rest.as(rest.alice)
                .body(body)
                .post("/v1/channels")
                .then()
                .statusCode(201)
                .body("channel", equalTo(rest.group))
                .body("title", equalTo("Engineers"))
                .body("role", equalTo("owner"))
                .body("epoch", matchesPattern("[0-9a-z]+"))
                .body("head", equalTo(0));

        rest.as(rest.bob).body(body).post("/v1/channels").then().statusCode(200).body("role", equalTo("member"));
        assertProblem(rest.as(rest.eve).body(body).post("/v1/channels"), 403, "forbidden", rest.group);
    }

    @Test
    void aChannelIsReadRenamedAndArchived() {
        rest.createGroup();

        rest.as(rest.bob)
                .get("/v1/channels/" + rest.group)
                .then()
                .statusCode(200)
                .body("title", nullValue());
        rest.as(rest.alice)
                .body("{\"title\":\"New\"}")
                .patch("/v1/channels/" + rest.group)
                .then()
                .statusCode(200)
                .body("title", equalTo("New"));
        assertProblem(
                rest.as(rest.bob).body("{\"title\":\"Bob's\"}").patch("/v1/channels/" + rest.group),
                403,
                "forbidden",
                rest.group);
        rest.as(rest.alice).delete("/v1/channels/" + rest.group).then().statusCode(204);
        rest.as(rest.bob)
                .get("/v1/channels/" + rest.group)
                .then()
                .statusCode(200)
                .body("archived", equalTo(true));
        assertProblem(rest.publish(rest.alice, rest.group, "late", "1"), 409, "conflict", "archived");
    }

    @Test
    void theListHasTheNewestChannelFirstWithUnreadAndNewestMessage() {
        rest.createGroup();
        String direct = "dm:" + rest.alice + ":" + rest.bob;
        rest.publish(rest.bob, direct, "d1", "\"hello\"");
        rest.publish(rest.alice, rest.group, "g1", "\"one\"");
        rest.publish(rest.alice, rest.group, "g2", "\"two\"");
        rest.as(rest.bob)
                .body("{\"seq\":1}")
                .put("/v1/channels/" + rest.group + "/read")
                .then()
                .statusCode(204);

        rest.as(rest.bob)
                .get("/v1/channels")
                .then()
                .statusCode(200)
                .body("channels.channel", contains(rest.group, direct))
                .body("channels[0].head", equalTo(2))
                .body("channels[0].read", equalTo(1))
                .body("channels[0].unread", equalTo(1))
                .body("channels[0].newest.data", equalTo("two"))
                .body("channels[1].newest.from", equalTo(rest.bob))
                .body("next", nullValue());
        String next = rest.as(rest.bob)
                .get("/v1/channels?limit=1")
                .then()
                .body("channels", hasSize(1))
                .body("next", notNullValue())
                .extract()
                .path("next");
        rest.as(rest.bob)
                .queryParam("cursor", next)
                .get("/v1/channels")
                .then()
                .body("channels.channel", contains(direct))
                .body("next", nullValue());
    }

    @Test
    void theOnlyOwnerLeavesWithASuccessor() {
        rest.createGroup();
        String members = "/v1/channels/" + rest.group + "/members/";

        assertProblem(rest.as(rest.alice).delete(members + rest.alice), 409, "conflict", "successor");
        assertProblem(
                rest.as(rest.alice).body("{\"role\":\"member\"}").put(members + rest.alice),
                409,
                "conflict",
                "successor");
        assertProblem(
                rest.as(rest.alice).delete(members + rest.alice + "?successor=" + rest.eve),
                409,
                "conflict",
                "successor");
        rest.as(rest.alice)
                .body("{\"role\":\"member\",\"successor\":\"" + rest.bob + "\"}")
                .put(members + rest.alice)
                .then()
                .statusCode(200)
                .body("role", equalTo("member"));
        rest.as(rest.bob)
                .delete(members + rest.bob + "?successor=" + rest.alice)
                .then()
                .statusCode(204);
        rest.as(rest.alice)
                .get("/v1/channels/" + rest.group + "/members")
                .then()
                .body("members.user", contains(rest.alice))
                .body("members.role", contains("owner"));
    }

    @Test
    void membersComeAndGoAndArePaged() {
        rest.createGroup();
        String members = "/v1/channels/" + rest.group + "/members";

        rest.as(rest.alice)
                .put(members + "/" + rest.eve)
                .then()
                .statusCode(200)
                .body("user", equalTo(rest.eve))
                .body("role", equalTo("member"))
                .body("since", notNullValue());
        rest.as(rest.alice)
                .body("{\"role\":\"owner\"}")
                .put(members + "/" + rest.eve)
                .then()
                .statusCode(200)
                .body("role", equalTo("owner"));
        rest.as(rest.eve)
                .get(members)
                .then()
                .statusCode(200)
                .body("members.user", contains(rest.alice, rest.bob, rest.eve))
                .body("members.role", contains("owner", "member", "owner"));
        String next =
                rest.as(rest.eve).get(members + "?limit=2").then().extract().path("next");
        rest.as(rest.eve)
                .queryParam("cursor", next)
                .get(members)
                .then()
                .body("members.user", contains(rest.eve))
                .body("next", nullValue());
        rest.as(rest.bob).delete(members + "/" + rest.bob).then().statusCode(204);
        assertProblem(rest.as(rest.bob).get(members), 403, "forbidden", rest.group);
        assertProblem(rest.as(rest.bob).put(members + "/" + rest.bob), 403, "forbidden", rest.group);
    }

    @Test
    void anOpenChannelComesToBeWhenItIsAskedFor() {
        rest.as(rest.eve)
                .get("/v1/channels/" + rest.room)
                .then()
                .statusCode(200)
                .body("head", equalTo(0));
    }

    @Test
    void otherPeoplesChannelsAndThoseThatAreNotThereCannotBeToldApart() {
        rest.createGroup();
        String none = "group:none-" + rest.suffix;
        rest.publish(rest.alice, "dm:" + rest.alice + ":" + rest.bob, "m1", "1");

        List<String[]> pairs = List.of(
                new String[] {rest.group, none},
                new String[] {"dm:" + rest.alice + ":" + rest.bob, "dm:" + rest.alice + ":nobody"});
        for (String[] pair : pairs) {
            for (String what : List.of("", "/messages", "/events", "/members", "/receipts", "/search?q=word")) {
                assertThat(refusal(pair[0], what)).isEqualTo(refusal(pair[1], what));
            }
            assertThat(rest.publish(rest.eve, pair[0], "a", "1").asString().replace(pair[0], "it"))
                    .isEqualTo(
                            rest.publish(rest.eve, pair[1], "a", "1").asString().replace(pair[1], "it"));
        }
        assertProblem(rest.asServer().get("/v1/channels/" + none), 404, "not_found", "no channel");
    }

    private String refusal(String channel, String what) {
        Response answer = rest.as(rest.eve).get("/v1/channels/" + channel + what);
        assertThat(answer.statusCode()).isEqualTo(403);
        return answer.asString().replace(channel, "it");
    }

    @Test
    void whyAChannelCannotBeHadIsSaid() {
        rest.createGroup();

        assertProblem(rest.as(rest.eve).get("/v1/channels/" + rest.group), 403, "forbidden", rest.group);
        assertProblem(rest.as(rest.eve).get("/v1/channels/nonsense:a"), 404, "not_found", "no namespace nonsense");
        assertProblem(rest.as(rest.eve).get("/v1/channels/dm:" + rest.alice + ":" + rest.bob), 403, "forbidden", "dm:");
        assertProblem(rest.as(rest.eve).get("/v1/channels/signal:a"), 400, "bad_request", "use signal");
        assertProblem(rest.as(rest.eve).get("/v1/channels/dm:b:a"), 400, "bad_request", "channel:");
        assertProblem(rest.as(rest.eve).get("/v1/channels/nocolon"), 400, "bad_request", "channel:");
    }

    @Test
    void aGrantOpensAForeignChannelForReading() {
        rest.createGroup();
        String token =
                TestTokens.withChannels(rest.eve, "[{\"channel\":\"" + rest.group + "\",\"can\":[\"subscribe\"]}]");

        given().auth().oauth2(token).get("/v1/channels/" + rest.group).then().statusCode(200);
        rest.asServer().get("/v1/channels/" + rest.group).then().statusCode(200);
    }

    @Test
    void brokenBodiesAreAnsweredWithWhatIsWrong() {
        assertProblem(create("{nonsense"), 400, "bad_request", "not JSON");
        assertProblem(create("{}"), 400, "bad_request", "channel: is required");
        assertProblem(create("{\"channel\":5}"), 400, "bad_request", "channel");
        assertProblem(create("{\"channel\":\"x\"}"), 400, "bad_request", "channel");
        assertProblem(create("{\"channel\":\"group:a\",\"members\":[\"not a user\"]}"), 400, "bad_request", "members");
        assertProblem(
                create("{\"channel\":\"" + rest.group + "\",\"title\":\"\\u0000\"}"), 400, "bad_request", "title");
        assertProblem(rest.as(rest.alice).post("/v1/channels"), 400, "bad_request", "body");
        assertProblem(create("{\"channel\":\"signal:a\"}"), 400, "bad_request", "ephemeral");
        assertProblem(rest.as(rest.alice).get("/v1/channels?cursor=***"), 400, "bad_request", "cursor");
        assertProblem(rest.as(rest.alice).get("/v1/channels?limit=0"), 400, "bad_request", "limit");
    }

    @Test
    void withoutAValidTokenNothingIsAnswered() {
        assertProblem(given().get("/v1/channels"), 401, "unauthenticated", "token");
        assertProblem(
                given().auth().oauth2(TestTokens.foreign(rest.alice)).get("/v1/channels"),
                401,
                "unauthenticated",
                "token");
    }

    private Response create(String body) {
        return rest.as(rest.alice).body(body).post("/v1/channels");
    }
}
