package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class HeadsIT {
    private final RestFixture rest = new RestFixture();

    @Test
    void headsOfManyChannelsComeAtOnceAndThoseOfUnknownOnesNotAtAll() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "a", "1");
        rest.publish(rest.alice, rest.group, "b", "2");
        rest.publish(rest.alice, rest.room, "c", "3");

        heads(rest.asService(), List.of(rest.group, rest.room, "group:none-" + rest.suffix))
                .then()
                .statusCode(200)
                .body("heads.channel", containsInAnyOrder(rest.group, rest.room))
                .body("heads.find { it.channel == '" + rest.group + "' }.head", equalTo(2))
                .body("heads.find { it.channel == '" + rest.room + "' }.head", equalTo(1))
                .body("heads.epoch", everyItem(not(emptyString())));
    }

    @Test
    void onlyBackEndsAskAndNotOfMoreThanAThousand() {
        assertProblem(heads(rest.as(rest.alice), List.of(rest.room)), 403, "forbidden", "token");
        List<String> tooMany =
                IntStream.rangeClosed(0, 1_000).mapToObj(i -> "room:" + i).toList();
        assertProblem(heads(rest.asService(), tooMany), 400, "bad_request", "channels");
    }

    private static Response heads(RequestSpecification as, List<String> channels) {
        return as.contentType(ContentType.JSON)
                .body(Map.of("channels", channels))
                .post(management("/internal/heads"));
    }
}
