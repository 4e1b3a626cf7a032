package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading a channel that nobody has written to. */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class ReadingIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void readingCreatesNothingAndTellsTheEpochThatTheChannelWillHave() {
        String direct = "dm:" + rest.alice + ":" + rest.bob;
        for (String channel : List.of(rest.room, direct)) {
            String path = "/v1/channels/" + channel;
            String epoch = rest.as(rest.alice)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body("head", equalTo(0))
                    .body("created", nullValue())
                    .extract()
                    .path("epoch");
            rest.as(rest.alice).get(path + "/messages").then().statusCode(200).body("messages", empty());
            rest.as(rest.alice).get(path + "/members").then().statusCode(200).body("members", empty());
            rest.as(rest.alice).get(path + "/receipts").then().statusCode(200).body("receipts", empty());
            rest.as(rest.alice)
                    .get(path + "/search?q=word")
                    .then()
                    .statusCode(200)
                    .body("messages", empty());
            rest.as(rest.alice)
                    .get(path + "/events")
                    .then()
                    .statusCode(200)
                    .body("epoch", equalTo(epoch))
                    .body("head", equalTo(0))
                    .body("events", empty());
            rest.asService()
                    .get(management("/internal/channels/" + channel + "/access?user=" + rest.alice))
                    .then()
                    .statusCode(200)
                    .body("epoch", equalTo(epoch))
                    .body("subscribe", equalTo(true));
            // A mark has nothing to stand at, and creates nothing.
            rest.as(rest.alice).body("{\"seq\":1}").put(path + "/read").then().statusCode(204);
            rest.asService()
                    .body("{\"channels\":[\"" + channel + "\"]}")
                    .post(management("/internal/heads"))
                    .then()
                    .statusCode(200)
                    .body("heads", empty());

            rest.publish(rest.alice, channel, "first", "1")
                    .then()
                    .statusCode(201)
                    .body("seq", equalTo(1));
            assertThat(rest.as(rest.alice).get(path).<String>path("epoch")).isEqualTo(epoch);
            assertThat(rest.as(rest.alice).get(path).<Long>path("created")).isPositive();
        }
        assertProblem(rest.as(rest.eve).get("/v1/channels/" + direct), 403, "forbidden", "dm:");
    }
}
