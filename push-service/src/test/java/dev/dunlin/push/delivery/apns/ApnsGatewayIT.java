package dev.dunlin.push.delivery.apns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.server.RejectionReason;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.apns.ApnsEndpoint;
import dev.dunlin.push.HandClock;
import dev.dunlin.push.delivery.Alerts;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Push;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against Pushy's mock of APNs, which verifies tokens, over TLS and HTTP/2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApnsGatewayIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Instant now = Clock.systemUTC().instant();
    /** Begins with a slot, so that its token is not too old for the server's clock. */
    private final HandClock clock = new HandClock(ApnsSessions.slot(now).plus(Duration.ofMinutes(5)));

    private final AtomicInteger phones = new AtomicInteger();
    private final Path keyFile;
    private final ApnsEndpoint apple;
    private final KeyPair key;

    @SuppressWarnings("NullAway.Init")
    private ApnsWorld world;

    @SuppressWarnings("NullAway.Init")
    private String phone;

    ApnsGatewayIT(@TempDir Path directory) throws Exception {
        apple = ApnsEndpoint.start(directory);
        keyFile = directory.resolve("AuthKey_ABCDE12345.p8");
        key = apple.key(keyFile, "ABCDE12345", ApnsWorld.TOPIC);
    }

    @BeforeEach
    void start() throws Exception {
        phone = apple.device(phones.incrementAndGet(), ApnsWorld.TOPIC);
        world = new ApnsWorld(apple.host(), keyFile, apple.certificate().certificate(), clock, TIMEOUT, 1);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @AfterAll
    void close() {
        apple.close();
    }

    private List<String> complaints() {
        return apple.complaints().stream().filter(one -> one.startsWith(phone)).toList();
    }

    @Test
    void anAlertArrivesWithTheHeadersThatAppleAsksFor() {
        Outcome outcome = world.deliver(Alerts.saying("lunch?"), phone);
        assertThat(complaints()).isEmpty();
        assertThat(outcome).isEqualTo(new Outcome.Delivered());
        ApnsEndpoint.Received received = apple.received(phone).getFirst();
        assertThat(received.header("apns-topic")).isEqualTo(ApnsWorld.TOPIC);
        assertThat(received.header("apns-push-type")).isEqualTo("alert");
        assertThat(received.header("apns-priority")).isEqualTo("10");
        assertThat(received.header("apns-collapse-id")).matches("[\\w-]{32}");
        assertThat(received.header("apns-expiration"))
                .isEqualTo(
                        Long.toString(clock.instant().plus(Duration.ofHours(24)).getEpochSecond()));
        assertThat(received.payload().path("dunlin").path("data").asText()).isEqualTo("lunch?");
    }

    @Test
    void aQuietAlertAndAClearSavePower() {
        Push quiet = Alerts.alert(TextNode.valueOf("hi"), 1, Push.Preview.FULL, "none");
        assertThat(world.deliver(quiet, phone)).isEqualTo(new Outcome.Delivered());
        assertThat(world.deliver(Alerts.clear(), phone)).isEqualTo(new Outcome.Delivered());
        assertThat(complaints()).isEmpty();
        List<ApnsEndpoint.Received> received = apple.received(phone);
        assertThat(received).extracting(one -> one.header("apns-priority")).containsExactly("5", "5");
        assertThat(received).extracting(one -> one.header("apns-push-type")).containsExactly("alert", "background");
        assertThat(received.get(0).header("apns-collapse-id"))
                .isEqualTo(received.get(1).header("apns-collapse-id"));
    }

    @Test
    void theLongestMessageIsAccepted() {
        assertThat(world.deliver(Alerts.saying("👨‍👩‍👧‍👦".repeat(2_000)), phone))
                .isEqualTo(new Outcome.Delivered());
        assertThat(apple.received(phone).getFirst().bytes()).isBetween(4_050, 4_096);
    }

    @Test
    void aDeviceThatIsGoneIsGoneSinceATime() {
        apple.unregister(phone, Instant.ofEpochMilli(1_767_225_600_123L));
        assertThat(world.deliver(Alerts.saying("hi"), phone))
                .isEqualTo(new Outcome.Gone("Unregistered", Optional.of(Instant.ofEpochMilli(1_767_225_600_123L))));
        assertThat(world.deliver(Alerts.saying("hi"), "ab12")).isEqualTo(gone("BadDeviceToken"));
        assertThat(world.deliver(Alerts.saying("hi"), apple.device(-1, "com.example.third")))
                .isEqualTo(gone("DeviceTokenNotForTopic"));
    }

    @ParameterizedTest
    @EnumSource(RejectionReason.class)
    void everyReasonOfTheMockHasItsOutcome(RejectionReason reason) {
        apple.refuse(phone, reason);
        Outcome outcome = world.deliver(Alerts.saying("hi"), phone);
        Outcome expected = Reasons.all()
                .filter(row -> row.reason()
                        .toUpperCase(Locale.ROOT)
                        .equals(reason.name().replace("_", "")))
                .findFirst()
                .orElseThrow()
                .outcome();
        assertThat(outcome).isEqualTo(expected);
    }

    @Test
    void anAppThatTheOperatorDoesNotAllowIsNotSentTo() {
        assertThat(world.deliver(Alerts.saying("hi"), phone, "com.example.foreign"))
                .isEqualTo(new Outcome.Rejected("the topic is not one of dunlin.push.apns.topics"));
        assertThat(complaints()).isEmpty();
    }

    @Test
    void aTokenIsUsedForASlotAndThenANewOne() {
        for (int minutes : List.of(0, 39, 1)) {
            clock.advance(Duration.ofMinutes(minutes));
            assertThat(world.deliver(Alerts.saying("hi"), phone)).isEqualTo(new Outcome.Delivered());
        }
        assertThat(apple.received(phone).stream()
                        .map(one -> one.header("authorization"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void aKeyThatIsReplacedOnDiskIsUsedWithoutARestart(@TempDir Path secrets) throws Exception {
        Path link = secrets.resolve("key.p8");
        Path first = secrets.resolve("AuthKey_FFFFF11111.p8");
        Path second = secrets.resolve("AuthKey_SSSSS22222.p8");
        apple.key(first, "FFFFF11111", ApnsWorld.TOPIC);
        apple.key(second, "SSSSS22222", ApnsWorld.TOPIC);
        Files.createSymbolicLink(link, first);
        try (ApnsWorld linked =
                new ApnsWorld(apple.host(), link, apple.certificate().certificate(), clock, TIMEOUT, 1)) {
            assertThat(linked.deliver(Alerts.saying("one"), phone)).isEqualTo(new Outcome.Delivered());
            apple.revoke("FFFFF11111");
            assertThat(linked.deliver(Alerts.saying("two"), phone))
                    .isEqualTo(new Outcome.TryLater("InvalidProviderToken", Optional.empty(), true));
            Files.delete(link);
            Files.createSymbolicLink(link, second);
            assertThat(linked.deliver(Alerts.saying("three"), phone)).isEqualTo(new Outcome.Delivered());
        }
    }

    /** So mock and gateway are not only right about each other. */
    @Test
    void theMockAcceptsAnotherClientAndRefusesItsForgeries() throws Exception {
        try (HttpClient other = HttpClient.newBuilder()
                .sslContext(apple.certificate().trust())
                .version(Version.HTTP_2)
                .build()) {
            assertThat(send(other, token(key, "ABCDE12345", now), "10").statusCode())
                    .isEqualTo(200);
            assertThat(send(other, token(key, "ABCDE12345", now.minusSeconds(3_700)), "10")
                            .body())
                    .contains("ExpiredProviderToken");
            assertThat(send(other, token(key, "ABCDE99999", now), "10").body()).contains("InvalidProviderToken");
            assertThat(send(other, token(key, "ABCDE12345", now), "7").body()).contains("BadPriority");
        }
        assertThat(apple.received(phone)).hasSize(1);
        assertThat(complaints()).hasSize(3);
    }

    private HttpResponse<String> send(HttpClient client, String token, String priority) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + apple.host() + "/3/device/" + phone))
                .header("authorization", "bearer " + token)
                .header("apns-topic", ApnsWorld.TOPIC)
                .header("apns-push-type", "alert")
                .header("apns-priority", priority)
                .POST(BodyPublishers.ofString("{\"aps\":{\"alert\":\"hi\"}}"))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        return answer;
    }

    private static String token(KeyPair key, String id, Instant issuedAt) throws Exception {
        String content = base64("{\"alg\":\"ES256\",\"kid\":\"" + id + "\"}") + "."
                + base64("{\"iss\":\"" + ApnsEndpoint.TEAM + "\",\"iat\":" + issuedAt.getEpochSecond() + "}");
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(key.getPrivate());
        signer.update(content.getBytes(UTF_8));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Outcome gone(String reason) {
        return new Outcome.Gone(reason, Optional.empty());
    }
}
