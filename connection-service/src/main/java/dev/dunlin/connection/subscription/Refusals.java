package dev.dunlin.connection.subscription;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Turns failed access questions into refusals. */
final class Refusals {
    private Refusals() {}

    static Refusal of(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof RefusedException refused
                ? refused.value()
                : new Refusal(ErrorCode.UNAVAILABLE, "the channel cannot be looked up now", Duration.ofSeconds(1));
    }

    /** Whether asking again would give the same answer. */
    static boolean isFinal(@Nullable Throwable failure) {
        return !of(failure).code().retryable();
    }
}
