package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class PublishIT {
    private final RestFixture rest = new RestFixture();
    private final String ticker = "live:" + rest.suffix;

    @Test
    void eachMessageIsAnsweredInItsPlaceAndAFailureIsItsOwn() {
        publish("{\"messages\":[" + one(ticker, "a", "1") + ","
                        + one("group:none-" + rest.suffix, "b", "2") + ","
                        + one("signal:x", "c", "3") + "," + one(ticker, "d", "4") + "]}")
                .then()
                .statusCode(200)
                .body("results.id", contains("a", "b", "c", "d"))
                .body("results[0].channel", equalTo(ticker))
                .body("results[0].seq", equalTo(1))
                .body("results[0].ts", notNullValue())
                .body("results[0].error", nullValue())
                .body("results[1].error.code", equalTo("not_found"))
                .body("results[1].error.retryable", equalTo(false))
                .body("results[1].seq", nullValue())
                .body("results[2].error.code", equalTo("bad_request"))
                .body("results[3].seq", equalTo(2));
    }

    @Test
    void aWholeTickOfOneChannelKeepsItsOrderAndIsPublishedOnce() {
        String body = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"channel\":\"" + ticker + "\",\"data\":" + i + "}")
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));

        List<Integer> first = rest.asServer()
                .header("Idempotency-Key", "tick-1")
                .body(body)
                .post("/v1/publish")
                .then()
                .statusCode(200)
                .extract()
                .path("results.seq");
        List<Integer> again = rest.asServer()
                .header("Idempotency-Key", "tick-1")
                .body(body)
                .post("/v1/publish")
                .then()
                .statusCode(200)
                .extract()
                .path("results.seq");

        assertThat(first).isEqualTo(IntStream.rangeClosed(1, 1_000).boxed().toList());
        assertThat(again).isEqualTo(first);
        rest.as(rest.bob)
                .get("/v1/channels/" + ticker + "/messages?limit=2")
                .then()
                .body("messages.data", contains(998, 999))
                .body("messages.id", contains("tick-1.998", "tick-1.999"));
    }

    @Test
    void theSameGoesToManyChannels() {
        rest.createGroup();

        publish("{\"channels\":[\"" + rest.room + "\",\"" + rest.group + "\"],\"id\":\"n\",\"data\":{\"text\":\"news @"
                        + rest.bob + "\"}}")
                .then()
                .statusCode(200)
                .body("results.channel", contains(rest.room, rest.group))
                .body("results.seq", contains(1, 1));
        rest.as(rest.bob)
                .get("/v1/channels")
                .then()
                .body("channels[0].mentions", equalTo(1))
                .body("channels[0].newest.mentions", contains(rest.bob));
    }

    @Test
    void aCallThatIsWrongIsRefusedWhole() {
        assertProblem(publish("{}"), 400, "bad_request", "messages, channels");
        assertProblem(
                publish("{\"messages\":[{\"channel\":\"" + ticker + "\",\"data\":1}]}"),
                400,
                "bad_request",
                "messages.0.id");
        assertProblem(
                publish("{\"messages\":[{\"channel\":\"nocolon\",\"id\":\"a\",\"data\":1}]}"),
                400,
                "bad_request",
                "messages.0.channel");
        String many = IntStream.range(0, 1_001)
                .mapToObj(i -> one(ticker, "m" + i, "1"))
                .collect(Collectors.joining(","));
        assertProblem(publish("{\"messages\":[" + many + "]}"), 400, "bad_request", "messages: must be at most 1000");
        assertThat(rest.as(rest.bob)
                        .body("{\"messages\":[]}")
                        .post("/v1/publish")
                        .statusCode())
                .isEqualTo(403);
    }

    private Response publish(String body) {
        return rest.asServer().body(body).post("/v1/publish");
    }

    private static String one(String channel, String id, String data) {
        return "{\"channel\":\"" + channel + "\",\"id\":\"" + id + "\",\"data\":" + data + "}";
    }
}
