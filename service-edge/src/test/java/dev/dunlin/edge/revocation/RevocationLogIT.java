package dev.dunlin.edge.revocation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestClaims;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent;
import dev.dunlin.protocol.kafka.UserEvent.SessionsEnded;
import dev.dunlin.protocol.kafka.UserEvent.UserErased;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** Revocations reach REST from the topic, also in a process that starts later; Redis has none. */
@QuarkusTest
@WithTestResource(EnginesTestResource.class)
class RevocationLogIT {
    private static final Clock CLOCK = Clock.systemUTC();

    @TestHTTPResource(value = "/", management = true)
    @SuppressWarnings("NullAway.Init")
    URI management;

    private final String kafka = TestEngines.join().kafkaBootstrapServers();
    private final String bob = "bob-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void tokenOfAUserWhoseSessionsWereEndedDoesNotCountAndANewOneDoes() {
        String old = TestClaims.of(bob).issuedAgo(Duration.ofSeconds(10)).sign("JWT");
        assertThat(status(old)).isEqualTo(200);

        publish(new SessionsEnded(new UserId(bob), CLOCK.millis()));

        Awaitility.await().until(() -> status(old) == 401);
        assertThat(status(TestTokens.user(bob))).isEqualTo(200);
        assertThat(status(TestTokens.user("somebody"))).isEqualTo(200);
    }

    @Test
    void erasureEndsNoTokenAndTheServiceTokenBelongsToNobody() {
        String service = TestTokens.internal(bob);
        String user = TestTokens.user(bob);
        publish(new UserErased(new UserId(bob), CLOCK.millis() + 60_000));
        publish(new SessionsEnded(new UserId(bob), CLOCK.millis() + 60_000));

        Awaitility.await().until(() -> status(user) == 401);
        given().auth()
                .oauth2(service)
                .get(management.resolve("/internal/who"))
                .then()
                .statusCode(200);
    }

    @Test
    void aProcessThatStartsLaterKnowsTheSameAndNotWhatIsTooOld() throws InterruptedException {
        publish(new SessionsEnded(new UserId(bob), CLOCK.millis()));
        Revocations later = new Revocations(Duration.ofHours(1), 1_000, CLOCK);
        try (RevocationLog log =
                new RevocationLog(Map.of("bootstrap.servers", kafka), later, Duration.ofHours(1), CLOCK)) {
            assertThat(later.complete()).isFalse();
            assertThat(log.start(Duration.ofSeconds(20))).isTrue();
            assertThat(later.complete()).isTrue();
            assertThat(later.revoked(bob, CLOCK.instant().getEpochSecond() - 60))
                    .isTrue();
        }
    }

    @Test
    void withoutKafkaNothingIsKnown() throws InterruptedException {
        Revocations unknown = new Revocations(Duration.ofHours(1), 1_000, CLOCK);
        try (RevocationLog log =
                new RevocationLog(Map.of("bootstrap.servers", "127.0.0.1:1"), unknown, Duration.ofHours(1), CLOCK)) {
            assertThat(log.start(Duration.ofMillis(200))).isFalse();
            assertThat(unknown.complete()).isFalse();
        }
    }

    @Test
    void readinessAndMetricsShowWhatIsKnownAndHowLongTheServiceTokenLasts() {
        given().get(management.resolve("/q/health/ready"))
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'revoked tokens known' }.status", Matchers.equalTo("UP"))
                .body("checks.find { it.name == 'service token' }.data.expiresInSeconds", Matchers.greaterThan(3_600));
        given().get(management.resolve("/q/metrics"))
                .then()
                .statusCode(200)
                .body(Matchers.containsString("# HELP dunlin_service_token_life_seconds "))
                .body(Matchers.containsString("# HELP dunlin_token_revocations "));
    }

    private static int status(String token) {
        return given().auth().oauth2(token).get("/channels/group:eng").statusCode();
    }

    private void publish(UserEvent event) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"), new StringSerializer(), new ByteArraySerializer())) {
            var unused = producer.send(
                    new ProducerRecord<>(Topics.USER_EVENTS, event.user().value(), Json.write(event)));
        }
    }
}
