package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.invite.DailyCounts;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class BlocksIT {
    private final RestFixture rest = new RestFixture();

    @Inject
    DailyCounts counts;

    private final String direct = ChannelName.direct(new UserId(rest.alice), new UserId(rest.bob))
            .orElseThrow()
            .value();

    @Test
    void blocksAreListedPagedAndTakenBack() {
        block(rest.alice, rest.bob).then().statusCode(204);
        block(rest.alice, rest.eve).then().statusCode(204);
        block(rest.alice, rest.eve).then().statusCode(204);

        String next = rest.as(rest.alice)
                .get("/v1/users/me/blocks?limit=1")
                .then()
                .statusCode(200)
                .body("blocks.user", contains(rest.bob))
                .extract()
                .path("next");
        rest.as(rest.alice)
                .queryParam("cursor", next)
                .get("/v1/users/me/blocks")
                .then()
                .body("blocks.user", contains(rest.eve))
                .body("next", nullValue());
        rest.as(rest.bob).get("/v1/users/me/blocks").then().body("blocks", empty());
        assertThat(rest.as(rest.alice)
                        .get("/v1/users/" + rest.alice + "/export")
                        .asString())
                .contains("{\"type\":\"block\",\"user\":\"" + rest.bob + "\"")
                .contains("\"blocks\":2");

        unblock(rest.alice, rest.bob).then().statusCode(204);
        rest.as(rest.alice).get("/v1/users/me/blocks").then().body("blocks.user", contains(rest.eve));
        assertProblem(block(rest.alice, rest.alice), 400, "bad_request", "yourself");
    }

    @Test
    void whoIsBlockedNeitherOpensTheDirectChannelNorWritesThere() {
        block(rest.alice, rest.bob).then().statusCode(204);

        assertProblem(rest.publish(rest.bob, direct, "a", "1"), 403, "forbidden", direct);
        assertProblem(rest.as(rest.bob).get("/v1/channels/" + direct), 403, "forbidden", direct);
        rest.as(rest.bob).get("/v1/channels").then().body("channels", empty());

        unblock(rest.alice, rest.bob).then().statusCode(204);
        rest.publish(rest.bob, direct, "a", "1").then().statusCode(201);
        block(rest.alice, rest.bob).then().statusCode(204);
        assertProblem(rest.publish(rest.bob, direct, "b", "2"), 403, "forbidden", "blocks");
        rest.asService()
                .get(management("/internal/channels/" + direct + "/access?user=" + rest.bob))
                .then()
                .statusCode(200)
                .body("subscribe", equalTo(true))
                .body("publish", equalTo(false));
    }

    @Test
    void whoIsBlockedAddsTheOtherToNoGroup() {
        block(rest.bob, rest.alice).then().statusCode(204);
        String body = "{\"channel\":\"" + rest.group + "\",\"members\":[\"" + rest.bob + "\"]}";
        assertProblem(rest.as(rest.alice).body(body).post("/v1/channels"), 403, "forbidden", rest.bob);

        rest.as(rest.alice)
                .body("{\"channel\":\"" + rest.group + "\"}")
                .post("/v1/channels")
                .then()
                .statusCode(201);
        String member = "/v1/channels/" + rest.group + "/members/" + rest.bob;
        assertProblem(rest.as(rest.alice).put(member), 403, "forbidden", rest.bob);
        rest.asServer().put(member).then().statusCode(200);
    }

    @Test
    void whereContactsAddPeopleItTakesAMessageFromTheOther() {
        String club = "club:" + rest.suffix;
        rest.as(rest.alice)
                .body("{\"channel\":\"" + club + "\"}")
                .post("/v1/channels")
                .then()
                .statusCode(201);
        String member = "/v1/channels/" + club + "/members/" + rest.bob;

        rest.publish(rest.alice, direct, "a", "\"let me in\"").then().statusCode(201);
        assertProblem(rest.as(rest.alice).put(member), 403, "forbidden", rest.bob);

        rest.publish(rest.bob, direct, "b", "\"do\"").then().statusCode(201);
        rest.as(rest.alice).put(member).then().statusCode(200);
    }

    @Test
    void whatHappensToUsersIsCountedByTheDay() {
        LocalDate today = LocalDate.of(2026, 1, 1);
        UserId bob = new UserId(rest.bob);

        assertThat(counts.add(DailyCounts.Kind.MEMBERSHIPS, List.of(bob, new UserId(rest.eve)), today))
                .contains(List.of(1L, 1L));
        assertThat(counts.add(DailyCounts.Kind.MEMBERSHIPS, List.of(bob), today))
                .contains(List.of(2L));
        assertThat(counts.add(DailyCounts.Kind.GROUPS, List.of(bob), today)).contains(List.of(1L));
        assertThat(counts.add(DailyCounts.Kind.MEMBERSHIPS, List.of(bob), today.plusDays(1)))
                .contains(List.of(1L));
    }

    @Test
    void whoCreatesTooManyGroupsIsRefusedUntilTomorrow() {
        Response last = create(0);
        for (int i = 1; i <= 100; i++) {
            last.then().statusCode(201);
            last = create(i);
        }

        assertProblem(last, 429, "rate_limited", "100");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 86_400);
        rest.as(rest.bob)
                .body("{\"channel\":\"" + rest.group + "-b\"}")
                .post("/v1/channels")
                .then()
                .statusCode(201);
    }

    private Response create(int i) {
        return rest.as(rest.alice)
                .body("{\"channel\":\"" + rest.group + "-" + i + "\"}")
                .post("/v1/channels");
    }

    private Response block(String user, String blocked) {
        return rest.as(user).put("/v1/users/me/blocks/" + blocked);
    }

    private Response unblock(String user, String blocked) {
        return rest.as(user).delete("/v1/users/me/blocks/" + blocked);
    }
}
