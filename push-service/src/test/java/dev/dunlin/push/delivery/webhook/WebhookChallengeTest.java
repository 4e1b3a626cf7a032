package dev.dunlin.push.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Exchange;
import dev.dunlin.push.delivery.Post.Answer;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.endpoint.Endpoint;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChallengeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UserId BOB = new UserId("bob");
    private static final DeviceId DEVICE = new DeviceId(new UUID(1, 2));
    private static final Target.Webhook HOOK =
            new Target.Webhook(Endpoint.of("https://hook.example/dunlin"), "a secret of sixteen bytes");

    private final List<JsonNode> asked = new ArrayList<>();
    private final List<Map<String, String>> headers = new ArrayList<>();

    @Test
    void theQuestionIsSignedAndNamesTheUserAndTheDevice() {
        assertThat(repeating("%s")).isEmpty();

        JsonNode question = asked.getFirst();
        assertThat(question.properties().stream().map(Map.Entry::getKey))
                .containsExactly("type", "user", "device", "challenge");
        assertThat(question.path("type").textValue()).isEqualTo("challenge");
        assertThat(question.path("user").textValue()).isEqualTo("bob");
        assertThat(question.path("device").textValue()).isEqualTo(DEVICE.toString());
        assertThat(question.path("challenge").textValue()).matches("[\\w-]{43}");
        assertThat(headers.getFirst())
                .isEqualTo(Map.of(
                        "Content-Type",
                        "application/json",
                        Signature.HEADER,
                        Signature.of(HOOK.secret(), NOW, Json.write(question))));
    }

    @Test
    void everyQuestionIsAnother() {
        repeating("%s");
        repeating("%s");
        assertThat(asked.get(0).path("challenge")).isNotEqualTo(asked.get(1).path("challenge"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s\n", "{\"challenge\":\"%s\"}", "{\"ok\":true,\"challenge\":\"%s\"}"})
    void itMayBeRepeatedPlainOrInJson(String answer) {
        assertThat(repeating(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ok", "{}", "{\"challenge\":null}", "{\"challenge\":7}", "\"%s\"", "%s%s", "[\"%s\"]"})
    void anythingElseIsNoRepetition(String answer) {
        assertThat(repeating(answer.replace("%s%s", "%1$s%1$s"))).contains("the body of the answer differs");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 410, 429, 500})
    void aStatusThatIsNoSuccessIsNamedWhateverTheBody(int status) {
        assertThat(fault(question -> new Exchange.Reply(
                        new Answer.Status(status, ""),
                        question.path("challenge").textValue())))
                .contains("status " + status);
    }

    @Test
    void whyThereIsNoAnswerIsNotTheUsersBusiness() {
        assertThat(fault(_ -> new Exchange.Reply(new Answer.Unanswered("refused: 10.0.0.7:3128"), "")))
                .contains("no answer");
        assertThat(fault(_ -> new Exchange.Reply(new Answer.Forbidden("the endpoint must be public"), "")))
                .contains("the endpoint must be public");
    }

    private Optional<String> repeating(String format) {
        return fault(question -> new Exchange.Reply(
                new Answer.Status(200, ""),
                format.formatted(question.path("challenge").textValue())));
    }

    private Optional<String> fault(Function<JsonNode, Exchange.Reply> endpoint) {
        Exchange exchange = (_, sent, body) -> {
            headers.add(sent);
            asked.add(parse(body));
            return endpoint.apply(asked.getLast());
        };
        return new WebhookChallenge(exchange, Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom())
                .fault(BOB, DEVICE, HOOK);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.parse(body);
        } catch (InvalidInput e) {
            throw new AssertionError(new String(body, UTF_8), e);
        }
    }
}
