package dev.dunlin.client;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The suite refused a request, or could not be asked; the message is meant for people. */
public class RequestFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    /** A failure that is as retryable as its code says. */
    public RequestFailed(ErrorCode code, String message) {
        this(code, message, code.retryable(), null);
    }

    /** A failure of which the suite said itself whether and when to repeat it. */
    public RequestFailed(ErrorCode code, String message, boolean retryable, @Nullable Duration retryAfter) {
        super(message);
        this.code = code;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /** What an {@code error} frame says. */
    static RequestFailed of(ServerFrame.ErrorReply error) {
        Long ms = error.retryAfterMs();
        return new RequestFailed(
                error.code(),
                error.message(),
                error.retryable(),
                ms == null ? null : Duration.ofMillis(Math.max(0, ms)));
    }

    /** Why. */
    public ErrorCode code() {
        return code;
    }

    /** Whether the same request may succeed later, unchanged. */
    public boolean retryable() {
        return retryable;
    }

    /** How long the suite asked to wait before that; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
