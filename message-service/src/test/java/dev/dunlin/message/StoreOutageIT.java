package dev.dunlin.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.message.testing.Bus;
import dev.dunlin.message.testing.Database;
import dev.dunlin.message.testing.Kafka;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import io.agroal.api.AgroalDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * A store that takes connections and says nothing: a lock on its tables is to this service what a
 * stopped server is.
 */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class StoreOutageIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Inject
    AgroalDataSource dataSource;

    @Inject
    RedisDataSource redis;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final NodeId node = new NodeId("node-" + suffix);
    private final ChannelName room = new ChannelName("room:" + suffix);

    @Test
    void commandsWaitReadinessSaysWhyReadsAre503AndNothingIsLostOrDoubled() throws Exception {
        try (Kafka kafka = new Kafka(servers);
                Bus replies = new Bus(redis, BusChannel.ofNode(node));
                Bus events = new Bus(redis, BusChannel.ofChannel(room))) {
            send(kafka, 1);
            assertThat(((ServerFrame.Ack) replies.nextFrame()).seq()).isEqualTo(1);
            assertThat(events.next().seq()).isEqualTo(1);

            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table event in share mode"); // it may be read
                send(kafka, 2);
                send(kafka, 3);

                assertThat(events.next().seq())
                        .as("announced before it is stored")
                        .isEqualTo(2);
                assertThat(events.next().seq())
                        .as("announced before it is stored")
                        .isEqualTo(3);
                await().atMost(DEADLINE).untilAsserted(() -> {
                    given().get(management.resolve("/q/health/ready")).then().statusCode(503);
                    assertThat(given().get(management.resolve("/q/health/ready"))
                                    .asString())
                            .contains("the log", "storing a batch", "since");
                });
                statement.execute("lock table event in access exclusive mode");
                given().auth()
                        .oauth2(TestTokens.user("alice"))
                        .get("/v1/channels/" + room + "/events?after=0")
                        .then()
                        .statusCode(503)
                        .contentType("application/problem+json");
                assertThat(replies.pending()).isZero();
                connection.rollback();
                connection.setAutoCommit(true);
            }

            assertThat(((ServerFrame.Ack) replies.nextFrame()).seq()).isEqualTo(2);
            assertThat(((ServerFrame.Ack) replies.nextFrame()).seq()).isEqualTo(3);
            assertThat(events.pending()).as("announced once").isZero();
            assertThat(new Database(dataSource).count("event", room)).isEqualTo(3);
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(given().get(management.resolve("/q/health/ready"))
                                    .asString())
                            .doesNotContain("failing"));
        }
    }

    private void send(Kafka kafka, int number) {
        kafka.send(
                new ChannelCommand(
                        room,
                        new UserId("alice"),
                        Grant.NONE,
                        new ReplyTo(node, new SessionId("session"), Ref.of(number)),
                        new Publish(new ClientMessageId("m" + number), TextNode.valueOf("hi"), null)),
                new TraceId(1, number));
    }
}
