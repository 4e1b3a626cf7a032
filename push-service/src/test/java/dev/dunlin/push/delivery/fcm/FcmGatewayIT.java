package dev.dunlin.push.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.FcmEndpoint;
import dev.dunlin.engines.testing.FcmEndpoint.Answer;
import dev.dunlin.engines.testing.SelfSignedCertificate;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.HandClock;
import dev.dunlin.push.delivery.Alerts;
import dev.dunlin.push.delivery.KeyFile;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.delivery.vertx.VertxProviderClient;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against our own mock of FCM, over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FcmGatewayIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Outcome DELIVERED = new Outcome.Delivered();
    private static final Outcome REFUSED = new Outcome.TryLater("UNAUTHENTICATED", Optional.empty(), true);

    private final Path directory;
    private final SelfSignedCertificate certificate;

    @SuppressWarnings("NullAway.Init")
    private Vertx vertx;

    @SuppressWarnings("NullAway.Init")
    private HandClock clock;

    @SuppressWarnings("NullAway.Init")
    private FcmEndpoint google;

    @SuppressWarnings("NullAway.Init")
    private FcmDelivery delivery;

    @SuppressWarnings("NullAway.Init")
    private Path account;

    FcmGatewayIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.certificate = SelfSignedCertificate.make(directory);
    }

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        clock = new HandClock(Clock.systemUTC().instant());
        google = FcmEndpoint.start(certificate);
        google.device("phone");
        account = directory.resolve("account.json");
        google.account(account);
        delivery = new FcmDelivery(
                new KeyFile<>(account, ServiceAccount::of, clock),
                new FcmDelivery.Settings(google.host(), Duration.ofHours(24), Optional.of("chat")),
                new VertxProviderClient(
                        vertx, TIMEOUT, 4, 64, Optional.of(google.certificate().certificate())),
                clock);
    }

    @AfterEach
    void stop() {
        google.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void alertsAndClearsKeepTheSchemaAndShareOneAccessToken() {
        assertThat(deliver(Alerts.saying("lunch?"))).isEqualTo(DELIVERED);
        assertThat(deliver(Alerts.saying("👨‍👩‍👧‍👦".repeat(2_000)))).isEqualTo(DELIVERED);
        assertThat(deliver(Alerts.clear())).isEqualTo(DELIVERED);
        assertThat(google.complaints()).isEmpty();
        assertThat(google.received()).hasSize(3);
        assertThat(google.received()
                        .getFirst()
                        .message()
                        .path("data")
                        .path("data")
                        .asText())
                .isEqualTo("\"lunch?\"");
        assertThat(google.grants()).isEqualTo(1);
    }

    @Test
    void manyAtOnceAskForOneAccessToken() throws Exception {
        Callable<Outcome> call = () -> deliver(Alerts.saying("hi"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Outcome>> calls =
                    Stream.generate(() -> call).limit(30).toList();
            for (Future<Outcome> one : threads.invokeAll(calls)) {
                assertThat(one.get()).isEqualTo(DELIVERED);
            }
        }
        assertThat(google.grants()).isEqualTo(1);
    }

    @Test
    void anAccessTokenIsRenewedAfterFourFifthsOfItsLife() {
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(DELIVERED);
        clock.advance(Duration.ofSeconds(2_878));
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(DELIVERED);
        assertThat(google.grants()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        google.thenGrant(new Answer(503, "", "{}"));
        assertThat(deliver(Alerts.saying("with the old one"))).isEqualTo(DELIVERED);
        assertThat(google.grants()).isEqualTo(1);
    }

    @Test
    void anAccessTokenThatIsRefusedIsReplaced() {
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(DELIVERED);
        google.revokeAccessTokens();
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(REFUSED);
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(DELIVERED);
        assertThat(google.grants()).isEqualTo(2);
    }

    @Test
    void anAccessTokenThatIsOfNoUseIsAFailure() {
        google.accessLife(Duration.ZERO);
        assertThat(deliver(Alerts.saying("hi")))
                .isEqualTo(new Outcome.TryLater("no access token: status 200", Optional.empty(), true));
    }

    @Test
    void withoutAnAccessTokenAllWaitAndTheServerIsNotAskedByEach() {
        google.thenGrant(new Answer(400, "", "{\"error\":\"invalid_grant\"}"));
        Outcome waits = new Outcome.TryLater("no access token: invalid_grant", Optional.empty(), true);
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(waits);
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(waits);
        assertThat(google.grants()).isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(DELIVERED);
    }

    @Test
    void anAccountThatIsReplacedOnDiskIsUsedWithoutARestart() throws Exception {
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(DELIVERED);
        google.revokeAccountKeys();
        google.revokeAccessTokens();
        google.account(account);
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(REFUSED);
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(DELIVERED);
        assertThat(google.complaints()).isEmpty();
    }

    @Test
    void errorsHaveTheirOutcomes() {
        assertThat(deliver(Alerts.saying("hi"), "nobody"))
                .isEqualTo(new Outcome.Gone("UNREGISTERED", Optional.empty()));
        google.then(Answer.error(429, "QUOTA_EXCEEDED", "30"));
        assertThat(deliver(Alerts.saying("hi")))
                .isEqualTo(new Outcome.TryLater("QUOTA_EXCEEDED", Optional.of(Duration.ofSeconds(30)), true));
        google.then(Answer.error(503, "UNAVAILABLE", "5"));
        assertThat(deliver(Alerts.saying("hi")))
                .isEqualTo(new Outcome.TryLater("UNAVAILABLE", Optional.of(Duration.ofSeconds(5)), true));
        google.then(Answer.error(500, "INTERNAL", ""));
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(new Outcome.TryLater("INTERNAL", Optional.empty(), true));
        google.then(Answer.error(401, "THIRD_PARTY_AUTH_ERROR", ""));
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(new Outcome.Rejected("THIRD_PARTY_AUTH_ERROR"));
        google.then(Answer.error(403, "SENDER_ID_MISMATCH", ""));
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(new Outcome.Rejected("SENDER_ID_MISMATCH"));
        assertThat(google.grants()).isEqualTo(1);
        assertThat(google.received()).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerIsTroubleOfTheProvider() {
        Outcome unanswered = new Outcome.TryLater("no answer in time", Optional.empty(), true);
        google.then(Answer.never());
        assertThat(deliver(Alerts.saying("hi"))).isEqualTo(unanswered);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deliver(Alerts.saying("hi"))).isEqualTo(DELIVERED));
    }

    private Outcome deliver(Push push) {
        return deliver(push, "phone");
    }

    private Outcome deliver(Push push, String token) {
        Target.Fcm target = new Target.Fcm(token);
        return delivery.deliver(
                push,
                new Device(new DeviceId(new UUID(1, 2)), new UserId("bob"), target, Prefs.NONE, Instant.EPOCH),
                target);
    }
}
