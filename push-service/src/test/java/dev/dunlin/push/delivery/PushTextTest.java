package dev.dunlin.push.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.Push.Preview;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushTextTest {
    @Test
    void theTitleIsTheSenderAndTheBodyTheText() {
        assertThat(PushText.of(Alerts.alert(TextNode.valueOf("lunch?"), 1, Preview.FULL)))
                .isEqualTo(new PushText("alice", Optional.empty(), "lunch?"));
    }

    @Test
    void severalMessagesAreCounted() {
        assertThat(PushText.of(Alerts.alert(TextNode.valueOf("lunch?"), 12, Preview.FULL)))
                .isEqualTo(new PushText("alice", Optional.of("12 messages"), "lunch?"));
        assertThat(PushText.of(Alerts.alert(TextNode.valueOf("lunch?"), 12, Preview.SENDER)))
                .isEqualTo(new PushText("alice", Optional.empty(), "12 new messages"));
    }

    @Test
    void theTextIsAStringOrTheFieldText() throws InvalidInput {
        assertThat(body("\"hi\"")).isEqualTo("hi");
        assertThat(body("{\"text\":\"hi\",\"more\":1}")).isEqualTo("hi");
        for (String other : new String[] {"{\"text\":{}}", "{\"text\":7}", "{}", "[\"hi\"]", "7", "null", "\" \""}) {
            assertThat(body(other)).as(other).isEqualTo("New message");
        }
    }

    @Test
    void whoWantsNoPreviewSeesNeitherSenderNorText() {
        assertThat(PushText.of(Alerts.alert(TextNode.valueOf("lunch?"), 1, Preview.SENDER)))
                .isEqualTo(new PushText("alice", Optional.empty(), "New message"));
        assertThat(PushText.of(Alerts.alert(TextNode.valueOf("lunch?"), 3, Preview.ID)))
                .isEqualTo(new PushText("New message", Optional.empty(), ""));
    }

    private static String body(String json) throws InvalidInput {
        JsonNode data = Json.parse(json.getBytes(UTF_8));
        return PushText.of(Alerts.alert(data, 1, Preview.FULL)).body();
    }
}
