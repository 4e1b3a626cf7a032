package dev.dunlin.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.push.delivery.Post.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private final Answers answers = new Answers(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void aSuccessIsADelivery(int status) {
        assertThat(outcome(status, "")).isEqualTo(new Outcome.Delivered());
    }

    @Test
    void whatIsGoneForGoodIsNotWhatIsNotFoundNow() {
        assertThat(outcome(410, "")).isEqualTo(new Outcome.Gone("status 410", Optional.empty()));
        assertThat(outcome(404, "")).isEqualTo(new Outcome.NotFound("status 404"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void troubleIsForLater(int status) {
        assertThat(outcome(status, "")).isEqualTo(new Outcome.TryLater("status " + status, Optional.empty(), true));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 403, 413})
    void redirectsAreNotFollowedAndRefusalsNotRepeated(int status) {
        assertThat(outcome(status, "")).isEqualTo(new Outcome.Rejected("status " + status));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertThat(after("120")).contains(Duration.ofMinutes(2));
        assertThat(after("Thu, 01 Jan 2026 00:00:30 GMT")).contains(Duration.ofSeconds(30));
        assertThat(after("Wed, 31 Dec 2025 00:00:30 GMT")).isEmpty();
        assertThat(after("soon")).isEmpty();
        assertThat(after("-1")).isEmpty();
        assertThat(after("99999999999999999999")).isEmpty();
    }

    @Test
    void noAnswerIsForLaterAndAForbiddenEndpointIsNot() {
        assertThat(answers.outcome(new Answer.Unanswered("closed")))
                .isEqualTo(new Outcome.TryLater("closed", Optional.empty(), true));
        assertThat(answers.outcome(new Answer.Forbidden("private"))).isEqualTo(new Outcome.Rejected("private"));
    }

    private Outcome outcome(int status, String retryAfter) {
        return answers.outcome(new Answer.Status(status, retryAfter));
    }

    private Optional<Duration> after(String header) {
        return outcome(429, header) instanceof Outcome.TryLater later ? later.after() : Optional.empty();
    }
}
