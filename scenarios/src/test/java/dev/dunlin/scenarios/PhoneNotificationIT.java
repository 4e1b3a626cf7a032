package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.testing.FcmEndpoint;
import dev.dunlin.engines.testing.apns.ApnsEndpoint;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.Phones;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Notifications on phones, through mocks of FCM and APNs that check what they get. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhoneNotificationIT {
    /** Nothing waits for long. */
    private static final Map<String, String> SOON =
            Map.of("DUNLIN_PUSH_DELAY", "300ms", "DUNLIN_PUSH_RETRY_FIRST", "1s", "DUNLIN_PUSH_COLLAPSE", "1s");

    /** What APNs complains of while the old key is still used. */
    private static final String REVOKED = "INVALID_PROVIDER_TOKEN";

    private final Phones phones;
    private final Suite suite;
    private final AtomicInteger count = new AtomicInteger();

    PhoneNotificationIT(@TempDir Path directory) throws IOException {
        phones = Phones.start(directory);
        Map<String, String> settings = new HashMap<>(phones.environment());
        settings.putAll(SOON);
        suite = Suite.start("phones", settings);
    }

    @AfterEach
    void nothingThatCameWasWrong() {
        assertThat(phones.fcm().complaints()).isEmpty();
        assertThat(phones.apns().complaints())
                .filteredOn(complaint -> !complaint.contains(REVOKED))
                .isEmpty();
    }

    @AfterAll
    void stop() {
        suite.close();
        phones.close();
    }

    @Test
    void aMessageIsShownOnBothPhonesUntilItIsReadElsewhere() {
        Pair pair = pair();
        String iphone = iphone(pair.bob());
        String android = android(pair.bob());
        long seq = publish(pair, "lunch?");
        ApnsEndpoint.Received shown = awaitApns(iphone, "alert");
        assertThat(shown.payload().at("/aps/alert/title").asText())
                .isEqualTo(pair.alice().value());
        assertThat(shown.payload().at("/aps/alert/body").asText()).isEqualTo("lunch?");
        assertThat(shown.payload().at("/aps/badge").asInt()).isEqualTo(1);
        assertThat(shown.payload().at("/dunlin/seq").asLong()).isEqualTo(seq);
        JsonNode message = awaitFcm(android, "notification");
        assertThat(message.at("/notification/body").asText()).isEqualTo("lunch?");
        assertThat(message.at("/data/seq").asText()).isEqualTo(Long.toString(seq));

        suite.rest(pair.bob()).read(pair.group(), seq).join();
        ApnsEndpoint.Received taken = awaitApns(iphone, "background");
        assertThat(taken.payload().at("/aps/badge").asInt(-1)).isZero();
        assertThat(taken.payload().at("/dunlin/type").asText()).isEqualTo("read");
        assertThat(awaitFcm(android, "read").at("/data/badge").asText()).isEqualTo("0");
    }

    @Test
    void aPhoneThatLostTheAppIsForgotten() throws IOException {
        Pair pair = pair();
        String iphone = iphone(pair.bob());
        phones.apns().unregister(iphone, Instant.now().plus(Duration.ofMinutes(1)));
        register(pair.bob(), Map.of("kind", "fcm", "token", "without-the-app"));
        assertThat(devices(pair.bob())).hasSize(2);
        publish(pair, "anybody there?");
        await().atMost(Suite.DEADLINE)
                .untilAsserted(() -> assertThat(devices(pair.bob())).isEmpty());
    }

    @Test
    void aProviderThatIsBusyIsAskedAgain() {
        Pair pair = pair();
        String android = android(pair.bob());
        phones.fcm().then(FcmEndpoint.Answer.error(503, "UNAVAILABLE", "1"));
        publish(pair, "in a moment");
        assertThat(awaitFcm(android, "notification").at("/notification/body").asText())
                .isEqualTo("in a moment");
    }

    @Test
    void aKeyThatIsReplacedIsUsedWithoutARestart() throws IOException {
        Pair pair = pair();
        String iphone = iphone(pair.bob());
        phones.useKey("FGHIJ67890");
        phones.apns().revoke("ABCDE12345");
        publish(pair, "with the new key");
        await().atMost(Suite.COME_BACK)
                .until(() -> !phones.apns().received(iphone).isEmpty());
    }

    /** A group of two of whom nobody was online. */
    private record Pair(UserId alice, UserId bob, ChannelName group) {}

    private Pair pair() {
        Names names = new Names(count.incrementAndGet());
        Pair pair = new Pair(names.user("alice"), names.user("bob"), names.group("phones"));
        suite.createGroup(pair.group(), pair.alice(), pair.bob());
        return pair;
    }

    private String iphone(UserId user) {
        String token = phones.apns().device(count.incrementAndGet(), Phones.APP);
        register(user, Map.of("kind", "apns", "token", token, "topic", Phones.APP));
        return token;
    }

    private String android(UserId user) {
        String token = phones.fcm().device("android-" + count.incrementAndGet());
        register(user, Map.of("kind", "fcm", "token", token));
        return token;
    }

    private void register(UserId user, Map<String, String> device) {
        suite.rest(user).registerDevice(Json.tree(device)).join();
    }

    private JsonNode devices(UserId user) throws IOException {
        return Replies.json(new Replies(suite.http())
                        .get(
                                suite.gateway().resolve("/v1/devices"),
                                "Authorization",
                                "Bearer " + suite.stack().userToken(user.value())))
                .path("devices");
    }

    private long publish(Pair pair, String text) {
        return suite.rest(pair.alice())
                .publish(pair.group(), new ClientMessageId("m"), Json.tree(Map.of("text", text)))
                .join()
                .seq();
    }

    private ApnsEndpoint.Received awaitApns(String token, String type) {
        return await().atMost(Suite.DEADLINE)
                .until(
                        () -> phones.apns().received(token).stream()
                                .filter(received ->
                                        received.header("apns-push-type").equals(type))
                                .toList(),
                        received -> !received.isEmpty())
                .getLast();
    }

    private JsonNode awaitFcm(String token, String type) {
        List<JsonNode> messages = await().atMost(Suite.DEADLINE)
                .until(
                        () -> phones.fcm().received().stream()
                                .filter(received -> received.token().equals(token))
                                .map(FcmEndpoint.Received::message)
                                .filter(message ->
                                        message.at("/data/type").asText().equals(type))
                                .toList(),
                        found -> !found.isEmpty());
        return messages.getLast();
    }
}
