package dev.dunlin.push.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Interprets the HTTP answer to a delivery. Webhooks and push services use the same rules (RFC 8030
 * sections 5 and 7.3), except for 404: to a push service that subscription is gone.
 */
public final class Answers {
    private final Clock clock;

    public Answers(Clock clock) {
        this.clock = clock;
    }

    /** The outcome that an answer stands for. */
    public Outcome outcome(Post.Answer answer) {
        return switch (answer) {
            case Post.Answer.Status status -> outcome(status);
            case Post.Answer.Unanswered unanswered -> new Outcome.TryLater(unanswered.reason(), Optional.empty(), true);
            case Post.Answer.Forbidden forbidden -> new Outcome.Rejected(forbidden.reason());
        };
    }

    private Outcome outcome(Post.Answer.Status status) {
        int code = status.code();
        if (code / 100 == 2) {
            return new Outcome.Delivered();
        }
        return switch (code) {
            case 404 -> new Outcome.NotFound("status 404");
            case 410 -> new Outcome.Gone("status 410", Optional.empty());
            case 408, 425, 429 -> new Outcome.TryLater("status " + code, retryAfter(status.retryAfter()), true);
            default ->
                code / 100 == 5
                        ? new Outcome.TryLater("status " + code, retryAfter(status.retryAfter()), true)
                        : new Outcome.Rejected("status " + code);
        };
    }

    private Optional<Duration> retryAfter(String header) {
        return RetryAfter.of(header, clock.instant());
    }
}
