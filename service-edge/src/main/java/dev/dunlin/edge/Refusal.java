package dev.dunlin.edge;

import dev.dunlin.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown by a resource to answer with a problem document. The message is for the caller: it names the field and what is allowed. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    public Refusal(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** With a {@code Retry-After}, rounded up to whole seconds. */
    public Refusal(ErrorCode code, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
