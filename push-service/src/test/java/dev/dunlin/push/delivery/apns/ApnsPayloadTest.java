package dev.dunlin.push.delivery.apns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.Alerts;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.delivery.Push.Preview;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApnsPayloadTest {
    /** docs/push.md shows both. */
    private static final String ALERT = """
            {"aps":{"alert":{"title":"alice","body":"lunch?"},"badge":5,"sound":"default","thread-id":"group:eng","mutable-content":1},"dunlin":{"type":"notification","user":"bob","channel":"group:eng","seq":7,"id":"m7","from":"alice","ts":1767225600000,"unread":3,"badge":5,"data":"lunch?"}}""";

    private static final String CLEAR = """
            {"aps":{"content-available":1,"badge":4},"dunlin":{"type":"read","user":"bob","channel":"group:eng","seq":7,"badge":4}}""";

    @Test
    void anAlertIsAsDocumented() throws Exception {
        assertThat(text(Alerts.saying("lunch?"))).isEqualTo(ALERT);
        assertThat(Files.readString(Path.of(System.getProperty("dunlin.root"), "docs", "push.md")))
                .contains(ALERT, CLEAR);
    }

    @Test
    void aClearShowsAndSoundsNothing() {
        assertThat(text(Alerts.clear())).isEqualTo(CLEAR);
    }

    @Test
    void aQuietAlertHasNoSoundAndACountIsTheSubtitle() throws InvalidInput {
        JsonNode aps = json(Alerts.alert(TextNode.valueOf("hi"), 12, Preview.FULL, "none"))
                .path("aps");
        assertThat(aps.has("sound")).isFalse();
        assertThat(aps.path("alert").path("subtitle").asText()).isEqualTo("12 messages");
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
        Push.Alert push = Alerts.saying("x".repeat(2_500));
        JsonNode payload = json(push);
        assertThat(payload.path("dunlin").has("data")).isFalse();
        assertThat(payload.path("dunlin").path("truncated").asBoolean()).isTrue();
        assertThat(payload.path("aps").path("alert").path("body").asText()).hasSize(2_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "\"", "\u0001", "😀", "👨‍👩‍👧‍👦"})
    void theTextIsCutToTheLastByteThatIsAllowed(String character) throws InvalidInput {
        byte[] payload = ApnsPayload.of(Alerts.saying(character.repeat(5_000)));
        assertThat(payload.length)
                .isBetween(ApnsPayload.MOST_BYTES - Json.write(character).length + 3, ApnsPayload.MOST_BYTES);
        String body = Json.parse(payload).path("aps").path("alert").path("body").asText();
        assertThat(body).endsWith("…");
        assertThat(body.substring(0, body.length() - 1).replace(character, "")).isEmpty();
    }

    private static String text(Push push) {
        return new String(ApnsPayload.of(push), UTF_8);
    }

    private static JsonNode json(Push push) throws InvalidInput {
        return Json.parse(ApnsPayload.of(push));
    }
}
