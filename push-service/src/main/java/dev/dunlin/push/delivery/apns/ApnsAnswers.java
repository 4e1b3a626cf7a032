package dev.dunlin.push.delivery.apns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.ProviderClient.Reply;
import dev.dunlin.push.delivery.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Interprets the answers of APNs by {@link ApnsReason}. */
final class ApnsAnswers {
    private static final Duration AFTER_TOKEN_UPDATES = Duration.ofMinutes(1);

    private ApnsAnswers() {}

    /** The outcome that an answer stands for. */
    static Outcome outcome(Reply.Answered answer, Instant now) {
        if (answer.status() / 100 == 2) {
            return new Outcome.Delivered();
        }
        JsonNode body = json(answer.body());
        String word = body.path("reason").asText("");
        ApnsReason.Effect effect =
                ApnsReason.of(word).map(ApnsReason::effect).orElseGet(() -> ApnsReason.effectOf(answer.status()));
        String reason = word.matches("[A-Za-z]{1,64}") ? word : "status " + answer.status();
        Optional<Duration> asked = RetryAfter.of(answer.retryAfter(), now);
        return switch (effect) {
            case GONE -> new Outcome.Gone(reason, since(body));
            case REJECTED -> new Outcome.Rejected(reason);
            case DEVICE_LATER -> new Outcome.TryLater(reason, asked, false);
            case PROVIDER_LATER, KEY_REFUSED -> new Outcome.TryLater(reason, asked, true);
            case TOKEN_UPDATES -> new Outcome.TryLater(reason, Optional.of(asked.orElse(AFTER_TOKEN_UPDATES)), true);
        };
    }

    /** Whether the key or the token of this suite was refused. */
    static boolean refusesKey(Reply.Answered answer) {
        return ApnsReason.of(json(answer.body()).path("reason").asText(""))
                .filter(reason -> reason.effect() == ApnsReason.Effect.KEY_REFUSED)
                .isPresent();
    }

    /** When APNs found that the token is no longer valid: milliseconds since 1970. */
    private static Optional<Instant> since(JsonNode body) {
        JsonNode timestamp = body.path("timestamp");
        return timestamp.canConvertToLong() && timestamp.asLong() > 0
                ? Optional.of(Instant.ofEpochMilli(timestamp.asLong()))
                : Optional.empty();
    }

    private static JsonNode json(String body) {
        try {
            return Json.parse(body.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInput e) {
            return MissingNode.getInstance();
        }
    }
}
