package dev.dunlin.push.delivery.fcm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.Alerts;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.delivery.Push.Preview;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FcmMessageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** docs/push.md shows both. */
    private static final String ALERT = """
            {"message":{"notification":{"title":"alice","body":"lunch?"},"data":{"type":"notification","user":"bob","channel":"group:eng","seq":"7","id":"m7","sender":"alice","ts":"1767225600000","unread":"3","badge":"5","data":"\\"lunch?\\""},"android":{"collapse_key":"HASH","priority":"HIGH","ttl":"86400s","notification":{"tag":"HASH","notification_count":5,"channel_id":"chat","sound":"default"}},"apns":{"headers":{"apns-push-type":"alert","apns-priority":"10","apns-collapse-id":"HASH","apns-expiration":"1767312000"},"payload":{"aps":{"badge":5,"thread-id":"group:eng","mutable-content":1,"sound":"default"}}},"webpush":{"headers":{"TTL":"86400","Urgency":"high","Topic":"HASH"}},"token":"TOKEN"}}""".replace("HASH", "dpSgs-6GGJsHxrlJUzx4AW6EXORmyQ0_");

    private static final String CLEAR = """
            {"message":{"data":{"type":"read","user":"bob","channel":"group:eng","seq":"7","badge":"4"},"android":{"collapse_key":"HASH","priority":"NORMAL","ttl":"86400s"},"apns":{"headers":{"apns-push-type":"background","apns-priority":"5","apns-collapse-id":"HASH","apns-expiration":"1767312000"},"payload":{"aps":{"badge":4,"content-available":1}}},"webpush":{"headers":{"TTL":"86400","Urgency":"normal","Topic":"HASH"}},"token":"TOKEN"}}""".replace("HASH", "dpSgs-6GGJsHxrlJUzx4AW6EXORmyQ0_");

    private final FcmMessage messages = new FcmMessage(Duration.ofHours(24), Optional.of("chat"));

    @Test
    void anAlertIsAsDocumented() throws Exception {
        assertThat(text(Alerts.saying("lunch?"))).isEqualTo(ALERT);
        assertThat(Files.readString(Path.of(System.getProperty("dunlin.root"), "docs", "push.md")))
                .contains(ALERT, CLEAR);
    }

    @Test
    void aClearHasNothingToShow() {
        assertThat(text(Alerts.clear())).isEqualTo(CLEAR);
    }

    @Test
    void aQuietAlertHasNoSoundAndACountLeadsTheText() throws InvalidInput {
        JsonNode message = json(Alerts.alert(TextNode.valueOf("hi"), 12, Preview.FULL, "none"));
        assertThat(message.path("notification").path("body").asText()).isEqualTo("12 messages: hi");
        assertThat(message.path("android").path("notification").has("sound")).isFalse();
        assertThat(message.path("apns").path("headers").path("apns-priority").asText())
                .isEqualTo("5");
        assertThat(message.path("apns").path("payload").path("aps").has("sound"))
                .isFalse();
    }

    @Test
    void whoWantsNoPreviewGetsNeitherSenderNorContentAnywhere() {
        assertThat(text(Alerts.alert(TextNode.valueOf("secret"), 1, Preview.ID)))
                .contains("{\"title\":\"New message\"}", "\"channel\":\"group:eng\"")
                .doesNotContain("alice", "secret");
        assertThat(text(Alerts.alert(TextNode.valueOf("secret"), 1, Preview.SENDER)))
                .contains("alice")
                .doesNotContain("secret");
    }

    @Test
    void whatDoesNotFitLosesItsContentFirst() throws InvalidInput {
        JsonNode message = json(Alerts.saying("x".repeat(2_000)));
        assertThat(message.path("data").has("data")).isFalse();
        assertThat(message.path("data").path("truncated").asText()).isEqualTo("true");
        assertThat(message.path("notification").path("body").asText()).hasSize(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "\"", "😀", "👨‍👩‍👧‍👦"})
    void theTextIsCutToTheLastByteThatIsAllowed(String character) throws InvalidInput {
        ObjectNode message = json(Alerts.saying(character.repeat(5_000)));
        String body = message.path("notification").path("body").asText();
        message.remove("token");
        assertThat(Json.write(message).length)
                .isBetween(FcmMessage.MOST_BYTES - Json.write(character).length + 3, FcmMessage.MOST_BYTES);
        assertThat(body).endsWith("…");
        assertThat(body.substring(0, body.length() - 1).replace(character, "")).isEmpty();
    }

    @Test
    void fcmKeepsAMessageForAtMost28Days() throws InvalidInput {
        FcmMessage longest = new FcmMessage(Duration.ofDays(90), Optional.empty());
        JsonNode message = Json.parse(longest.of(Alerts.clear(), "TOKEN", NOW)).path("message");
        assertThat(message.path("android").path("ttl").asText()).isEqualTo(28 * 86_400 + "s");
    }

    private String text(Push push) {
        return new String(messages.of(push, "TOKEN", NOW), UTF_8);
    }

    private ObjectNode json(Push push) throws InvalidInput {
        return (ObjectNode) Json.parse(messages.of(push, "TOKEN", NOW)).path("message");
    }
}
