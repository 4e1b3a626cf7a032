package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.testing.Database;
import dev.dunlin.protocol.ChannelName;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A namespace that keeps events for eight seconds, and their rows for six more: enough for a busy
 * machine.
 */
@QuarkusTest
@TestProfile(RetentionIT.Brief.class)
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class RetentionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RestFixture rest = new RestFixture();
    private final String brief = "brief:" + rest.suffix;

    @Inject
    AgroalDataSource dataSource;

    @Inject
    MeterRegistry metrics;

    public static class Brief implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "dunlin.namespaces.brief.read", "open",
                    "dunlin.namespaces.brief.publish", "anyone",
                    "dunlin.namespaces.brief.retention", "8s",
                    "dunlin.upkeep.poll", "250ms",
                    "dunlin.upkeep.retention-interval", "250ms",
                    "dunlin.upkeep.retention-margin", "6s");
        }
    }

    @Test
    void whatExpiredIsSeenByNobodyAndThenItsRowsGo() {
        Database database = new Database(dataSource);
        ChannelName channel = new ChannelName(brief);
        rest.publish(rest.alice, brief, "a", "\"word\"").then().statusCode(201);
        events().body("events.seq", contains(1)).body("first", equalTo(1));

        await().atMost(PATIENCE)
                .until(() -> rest.as(rest.bob)
                                .get("/v1/channels/" + brief + "/events")
                                .<Integer>path("first")
                        == 2);
        assertThat(database.count("event", channel))
                .as("rows outlive what is seen")
                .isOne();
        events().body("events", empty()).body("head", equalTo(1));
        rest.as(rest.bob).get("/v1/channels/" + brief + "/messages").then().body("messages", empty());
        rest.as(rest.bob).get("/v1/channels/" + brief + "/search?q=word").then().body("messages", empty());
        assertProblem(
                rest.as(rest.alice).body("{\"data\":1}").patch("/v1/channels/" + brief + "/messages/1"),
                404,
                "not_found",
                "no message 1");

        await().atMost(PATIENCE).until(() -> database.count("event", channel) == 0);
        assertThat(metrics.counter("dunlin.retention.events").count()).isPositive();
        rest.publish(rest.alice, brief, "a", "\"again\"").then().statusCode(200).body("seq", equalTo(1));
        rest.publish(rest.alice, brief, "b", "\"next\"").then().statusCode(201).body("seq", equalTo(2));
        events().body("events.seq", contains(2)).body("first", equalTo(2)).body("head", equalTo(2));
    }

    private ValidatableResponse events() {
        return rest.as(rest.bob).get("/v1/channels/" + brief + "/events").then().statusCode(200);
    }
}
