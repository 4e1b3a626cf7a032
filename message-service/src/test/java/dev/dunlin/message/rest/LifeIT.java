package dev.dunlin.message.rest;

import static dev.dunlin.message.rest.RestFixture.assertProblem;
import static dev.dunlin.message.rest.RestFixture.management;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.testing.Database;
import dev.dunlin.message.testing.Kafka;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.kafka.Topics;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Channels that are archived and opened again, deleted for good and created again, and ephemeral
 * ones.
 */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class LifeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RestFixture rest = new RestFixture();

    @Inject
    AgroalDataSource dataSource;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void anArchivedChannelIsOpenedAgain() {
        rest.createGroup();
        String channel = "/v1/channels/" + rest.group;
        rest.as(rest.alice).delete(channel).then().statusCode(204);

        assertProblem(rest.as(rest.bob).body("{\"archived\":false}").patch(channel), 403, "forbidden", rest.group);
        rest.as(rest.alice)
                .body("{\"archived\":false,\"title\":\"Again\"}")
                .patch(channel)
                .then()
                .statusCode(200)
                .body("archived", equalTo(false))
                .body("title", equalTo("Again"));
        rest.publish(rest.bob, rest.group, "m1", "1").then().statusCode(201);
        assertProblem(rest.as(rest.alice).body("{}").patch(channel), 400, "bad_request", "title, archived");
    }

    @Test
    void aChannelDeletedForGoodIsGoneAndItsNameFreeAgain() {
        rest.createGroup();
        rest.publish(rest.alice, rest.group, "m1", "{\"text\":\"@" + rest.bob + "\"}");
        String channel = "/v1/channels/" + rest.group;
        String epoch = rest.as(rest.bob).get(channel).path("epoch");

        assertProblem(rest.as(rest.bob).delete(channel + "?purge=true"), 403, "forbidden", rest.group);
        assertProblem(rest.as(rest.alice).delete(channel + "?purge=yes"), 400, "bad_request", "purge");
        rest.as(rest.alice).delete(channel + "?purge=true").then().statusCode(202);

        assertProblem(rest.asServer().get(channel), 404, "not_found", "no channel");
        assertProblem(rest.as(rest.alice).get(channel), 403, "forbidden", "not allowed");
        Database database = new Database(dataSource);
        await().atMost(PATIENCE)
                .until(() -> rest.as(rest.eve)
                                .body("{\"channel\":\"" + rest.group + "\"}")
                                .post("/v1/channels")
                                .statusCode()
                        == 201);
        for (String table : List.of("message", "event", "mention", "mark")) {
            assertThat(database.count(table, new ChannelName(rest.group)))
                    .as(table)
                    .isZero();
        }
        assertThat(rest.as(rest.eve).get(channel).<String>path("epoch")).isNotEqualTo(epoch);
        assertProblem(rest.as(rest.bob).get(channel), 403, "forbidden", rest.group);
        rest.publish(rest.eve, rest.group, "m1", "1").then().statusCode(201).body("seq", equalTo(1));
    }

    @Test
    void anEphemeralChannelTouchesNeitherKafkaNorTheStore() {
        String signal = "signal:" + rest.suffix;

        assertProblem(rest.publish(rest.alice, signal, "m1", "1"), 400, "bad_request", "ephemeral: use signal");
        for (String part : List.of("", "/messages", "/events", "/members", "/receipts", "/search?q=x")) {
            assertProblem(rest.as(rest.alice).get("/v1/channels/" + signal + part), 400, "bad_request", "ephemeral");
        }
        assertProblem(
                rest.as(rest.alice).body("{\"seq\":1}").put("/v1/channels/" + signal + "/read"),
                400,
                "bad_request",
                "ephemeral");
        assertProblem(
                rest.as(rest.alice).put("/v1/channels/" + signal + "/members/" + rest.bob),
                400,
                "bad_request",
                "ephemeral");
        assertProblem(
                rest.as(rest.alice).delete("/v1/channels/" + signal + "?purge=true"), 400, "bad_request", "ephemeral");
        rest.asService()
                .get(management("/internal/channels/" + signal + "/access?user=" + rest.alice))
                .then()
                .statusCode(200)
                .body("durable", equalTo(false));

        Database database = new Database(dataSource);
        for (String table : List.of("event", "message", "member", "mark", "reaction", "mention")) {
            assertThat(database.count(table, new ChannelName(signal))).as(table).isZero();
        }
        assertThat(database.channels(new ChannelName(signal))).isZero();
        try (Kafka records = new Kafka(kafka)) {
            assertThat(records.count(Topics.CHANNEL_COMMANDS, signal)).isZero();
            assertThat(records.count(Topics.CHANNEL_EVENTS, signal)).isZero();
        }
    }
}
