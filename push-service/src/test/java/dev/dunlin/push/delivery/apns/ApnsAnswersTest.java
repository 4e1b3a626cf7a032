package dev.dunlin.push.delivery.apns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.ProviderClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApnsAnswersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @MethodSource("dev.dunlin.push.delivery.apns.Reasons#all")
    void everyDocumentedReasonHasItsOutcome(Reasons.Row row) {
        Outcome outcome = outcome(row.status(), "", "{\"reason\":\"" + row.reason() + "\"}");
        assertThat(outcome).isEqualTo(row.outcome());
    }

    @Test
    void theTableOfTheTestsNamesEveryReason() {
        assertThat(Reasons.all().map(row -> row.reason() + row.status()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ApnsReason.values())
                        .map(reason -> reason.word() + reason.status())
                        .toList());
    }

    @Test
    void theTableOfTheDocumentationIsThatOfTheCode() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("dunlin.root"), "docs", "push.md"));
        for (ApnsReason reason : ApnsReason.values()) {
            String follows =
                    switch (reason.effect()) {
                        case GONE -> "the device is removed";
                        case REJECTED -> "dead-lettered";
                        case DEVICE_LATER -> "this device waits";
                        case PROVIDER_LATER -> "all wait";
                        case KEY_REFUSED -> "all wait, and the key file is read again";
                        case TOKEN_UPDATES -> "all wait a minute";
                    };
            assertThat(page).contains("| `%s` | %d | %s |".formatted(reason.word(), reason.status(), follows));
        }
    }

    @Test
    void aDeadTokenIsDeadSinceATime() {
        assertThat(outcome(410, "", "{\"reason\":\"Unregistered\",\"timestamp\":1767225600000}"))
                .isEqualTo(new Outcome.Gone("Unregistered", Optional.of(NOW)));
        assertThat(outcome(410, "", "{\"reason\":\"Unregistered\",\"timestamp\":\"soon\"}"))
                .isEqualTo(new Outcome.Gone("Unregistered", Optional.empty()));
    }

    @Test
    void aPauseThatApnsNamesIsKept() {
        assertThat(outcome(503, "30", "{\"reason\":\"ServiceUnavailable\"}"))
                .isEqualTo(new Outcome.TryLater("ServiceUnavailable", Optional.of(Duration.ofSeconds(30)), true));
        assertThat(outcome(429, "300", "{\"reason\":\"TooManyProviderTokenUpdates\"}"))
                .isEqualTo(
                        new Outcome.TryLater("TooManyProviderTokenUpdates", Optional.of(Duration.ofMinutes(5)), true));
    }

    @ParameterizedTest
    @CsvSource({
        "500, TryLater",
        "502, TryLater",
        "403, TryLater",
        "408, TryLater",
        "429, TryLater",
        "410, Gone",
        "400, Rejected",
        "404, Rejected",
        "301, Rejected"
    })
    void anUnknownReasonCountsByItsStatus(int status, String kind) {
        for (String body : new String[] {"", "<html>", "{\"reason\":\"NeverHeardOf\"}", "{\"reason\":7}", "[]"}) {
            assertThat(outcome(status, "", body).getClass().getSimpleName())
                    .as(body)
                    .isEqualTo(kind);
        }
    }

    @Test
    void whatAServerSaysIsNotRepeatedUnlessItIsAWord() {
        assertThat(outcome(400, "", "{\"reason\":\"a b\\nc\"}")).isEqualTo(new Outcome.Rejected("status 400"));
    }

    private static Outcome outcome(int status, String retryAfter, String body) {
        return ApnsAnswers.outcome(new Reply.Answered(status, retryAfter, body), NOW);
    }
}
