package dev.dunlin.push.delivery;

import dev.dunlin.push.endpoint.Endpoint;
import java.util.Map;

/**
 * An HTTP POST to an endpoint that a user gave. It goes to an address that {@code EndpointGuard} allowed, follows no redirect and reads no answer but status and {@code
 * Retry-After}. Blocks until the answer or the time-out; called on virtual threads.
 */
@FunctionalInterface
public interface Post {
    Answer post(Endpoint endpoint, Map<String, String> headers, byte[] body);

    /** What came back. */
    sealed interface Answer {
        /** An HTTP answer; {@code retryAfter} is the header as it was sent, empty without. */
        record Status(int code, String retryAfter) implements Answer {}

        /** No answer; another time there may be one. */
        record Unanswered(String reason) implements Answer {}

        /** The endpoint may not be called. */
        record Forbidden(String reason) implements Answer {}
    }
}
