package dev.dunlin.push.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.ProviderClient.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FcmAnswersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** The two examples of Google's page "FCM error codes". */
    @Test
    void anInvalidArgumentIsADeadTokenOnlyIfItIsAboutTheToken() {
        assertThat(outcome(400, """
                {"error":{"code":400,"message":"Invalid value at 'message.data[0].value' (TYPE_STRING), 12",
                "status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations":[{"field":"message.data[0].value","description":"Invalid value"}]}]}}""")).isEqualTo(new Outcome.Rejected("INVALID_ARGUMENT"));
        assertThat(outcome(400, """
                {"error":{"code":400,"message":"The registration token is not a valid FCM registration token",
                "status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError",
                "errorCode":"INVALID_ARGUMENT"}]}}""")).isEqualTo(new Outcome.Gone("INVALID_ARGUMENT", Optional.empty()));
        assertThat(outcome(400, """
                {"error":{"code":400,"message":"Invalid registration","status":"INVALID_ARGUMENT",
                "details":[{"@type":"type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations":[{"field":"message.token","description":"Invalid registration token"}]}]}}""")).isEqualTo(new Outcome.Gone("INVALID_ARGUMENT", Optional.empty()));
        assertThat(outcome(400, fcm("INVALID_ARGUMENT"))).isEqualTo(new Outcome.Rejected("INVALID_ARGUMENT"));
    }

    @Test
    void eachCodeHasItsOutcome() {
        assertThat(outcome(404, fcm("UNREGISTERED"))).isEqualTo(new Outcome.Gone("UNREGISTERED", Optional.empty()));
        assertThat(outcome(403, fcm("SENDER_ID_MISMATCH"))).isEqualTo(new Outcome.Rejected("SENDER_ID_MISMATCH"));
        assertThat(outcome(401, fcm("THIRD_PARTY_AUTH_ERROR")))
                .isEqualTo(new Outcome.Rejected("THIRD_PARTY_AUTH_ERROR"));
        assertThat(outcome(503, fcm("UNAVAILABLE"))).isEqualTo(later("UNAVAILABLE", Optional.empty()));
        assertThat(outcome(500, fcm("INTERNAL"))).isEqualTo(later("INTERNAL", Optional.empty()));
        assertThat(outcome(500, fcm("UNSPECIFIED_ERROR"))).isEqualTo(later("UNSPECIFIED_ERROR", Optional.empty()));
        assertThat(outcome(400, fcm("UNSPECIFIED_ERROR"))).isEqualTo(new Outcome.Rejected("UNSPECIFIED_ERROR"));
    }

    @Test
    void aQuotaIsWaitedForAsLongAsGoogleSaysOrAMinute() {
        assertThat(outcome(429, fcm("QUOTA_EXCEEDED")))
                .isEqualTo(later("QUOTA_EXCEEDED", Optional.of(Duration.ofMinutes(1))));
        assertThat(FcmAnswers.outcome(new Reply.Answered(429, "7", fcm("QUOTA_EXCEEDED")), NOW))
                .isEqualTo(later("QUOTA_EXCEEDED", Optional.of(Duration.ofSeconds(7))));
        assertThat(outcome(429, "")).isEqualTo(later("status 429", Optional.of(Duration.ofMinutes(1))));
    }

    @Test
    void theQuotaOfOneDeviceIsNotThatOfAll() {
        assertThat(outcome(429, """
                {"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":[
                {"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"QUOTA_EXCEEDED"},
                {"@type":"type.googleapis.com/google.rpc.QuotaFailure",
                "violations":[{"subject":"device","description":"Device message rate exceeded"}]}]}}"""))
                .isEqualTo(new Outcome.TryLater("QUOTA_EXCEEDED", Optional.of(Duration.ofMinutes(1)), false));
    }

    @ParameterizedTest
    @CsvSource({
        "401, TryLater",
        "403, TryLater",
        "404, TryLater",
        "408, TryLater",
        "500, TryLater",
        "502, TryLater",
        "400, Rejected",
        "413, Rejected",
        "302, Rejected"
    })
    void anUnknownAnswerCountsByItsStatus(int status, String kind) {
        for (String body : new String[] {"", "<html>", "[]", "{\"error\":\"x\"}", fcm("NEVER_HEARD_OF")}) {
            assertThat(outcome(status, body).getClass().getSimpleName())
                    .as(body)
                    .isEqualTo(kind);
        }
    }

    @Test
    void onlyAnAnswerAboutTheAccessTokenRenewsIt() {
        assertThat(FcmAnswers.refusesToken(new Reply.Answered(401, "", "{\"error\":{\"status\":\"UNAUTHENTICATED\"}}")))
                .isTrue();
        assertThat(FcmAnswers.refusesToken(new Reply.Answered(401, "", fcm("THIRD_PARTY_AUTH_ERROR"))))
                .isFalse();
        assertThat(FcmAnswers.refusesToken(new Reply.Answered(403, "", ""))).isFalse();
    }

    private static Outcome outcome(int status, String body) {
        return FcmAnswers.outcome(new Reply.Answered(status, "", body), NOW);
    }

    private static Outcome later(String reason, Optional<Duration> after) {
        return new Outcome.TryLater(reason, after, true);
    }

    private static String fcm(String code) {
        return """
                {"error":{"details":[{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"%s"}]}}""".formatted(code);
    }
}
