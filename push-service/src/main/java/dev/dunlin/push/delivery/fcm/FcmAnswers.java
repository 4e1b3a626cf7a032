package dev.dunlin.push.delivery.fcm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.ProviderClient.Reply;
import dev.dunlin.push.delivery.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Interprets the answers of FCM by {@link FcmError}. */
final class FcmAnswers {
    /** "If there is no retry-after header, wait 60 s" (Google: "Scale FCM", on 429). */
    private static final Duration AFTER_QUOTA = Duration.ofMinutes(1);

    private static final String TYPE = "type.googleapis.com/";

    private FcmAnswers() {}

    /** The outcome that an answer stands for. */
    static Outcome outcome(Reply.Answered answer, Instant now) {
        if (answer.status() / 100 == 2) {
            return new Outcome.Delivered();
        }
        JsonNode error = json(answer.body()).path("error");
        Optional<Duration> asked = RetryAfter.of(answer.retryAfter(), now);
        String reason = reason(error, answer.status());
        return switch (effect(error, answer.status())) {
            case GONE -> new Outcome.Gone(reason, Optional.empty());
            case PERHAPS_GONE ->
                isOfToken(error) ? new Outcome.Gone(reason, Optional.empty()) : new Outcome.Rejected(reason);
            case QUOTA -> new Outcome.TryLater(reason, Optional.of(asked.orElse(AFTER_QUOTA)), !isOfDevice(error));
            case PROVIDER_LATER, TOKEN_REFUSED -> new Outcome.TryLater(reason, asked, true);
            case REJECTED, BY_STATUS -> new Outcome.Rejected(reason);
        };
    }

    /** Whether the access token was refused. */
    static boolean refusesToken(Reply.Answered answer) {
        return answer.status() == 401
                && effect(json(answer.body()).path("error"), 401) == FcmError.Effect.TOKEN_REFUSED;
    }

    private static FcmError.Effect effect(JsonNode error, int status) {
        return code(error)
                .map(FcmError::effect)
                .filter(effect -> effect != FcmError.Effect.BY_STATUS)
                .orElseGet(() -> error.path("status").asText("").equals("INVALID_ARGUMENT")
                        ? FcmError.Effect.PERHAPS_GONE
                        : FcmError.effectOf(status));
    }

    private static String reason(JsonNode error, int status) {
        String word =
                code(error).map(FcmError::name).orElse(error.path("status").asText(""));
        return word.matches("[A-Z_]{1,64}") ? word : "status " + status;
    }

    private static Optional<FcmError> code(JsonNode error) {
        return details(error, "google.firebase.fcm.v1.FcmError")
                .flatMap(detail -> FcmError.of(detail.path("errorCode").asText("")).stream())
                .findFirst();
    }

    /**
     * A violation names the field. Without one, Google documents this message: "The registration
     * token is not a valid FCM registration token" ("FCM error codes", example 2).
     */
    private static boolean isOfToken(JsonNode error) {
        boolean violated = details(error, "google.rpc.BadRequest")
                .flatMap(detail -> stream(detail.path("fieldViolations")))
                .anyMatch(violation -> violation.path("field").asText("").equals("message.token"));
        boolean named = details(error, "google.rpc.BadRequest").findAny().isEmpty()
                && error.path("message").asText("").contains("not a valid FCM registration token");
        return violated || named;
    }

    /** Whether the quota is that of the device, and not of all: the violation says which. */
    private static boolean isOfDevice(JsonNode error) {
        return details(error, "google.rpc.QuotaFailure")
                .flatMap(detail -> stream(detail.path("violations")))
                .map(violation -> violation.path("subject").asText("")
                        + violation.path("description").asText(""))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("device"));
    }

    private static Stream<JsonNode> details(JsonNode error, String type) {
        return stream(error.path("details"))
                .filter(detail -> detail.path("@type").asText("").equals(TYPE + type));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode json(String body) {
        try {
            return Json.parse(body.getBytes(UTF_8));
        } catch (InvalidInput e) {
            return MissingNode.getInstance();
        }
    }
}
