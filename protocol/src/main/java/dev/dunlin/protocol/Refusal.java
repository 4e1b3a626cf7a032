package dev.dunlin.protocol;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a service did not do what it was asked. It is an outcome and not a failure, so it travels as
 * a value; only the HTTP edge turns it into an exception.
 *
 * @param message for the caller: it names the field and what is allowed
 * @param retryAfter when to try again; null if there is no such time
 */
public record Refusal(
        ErrorCode code, String message, @Nullable Duration retryAfter) {
    public Refusal {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** Without a time to try again. */
    public Refusal(ErrorCode code, String message) {
        this(code, message, null);
    }
}
