package dev.dunlin.push.delivery;

import dev.dunlin.push.endpoint.Endpoint;
import java.util.Map;

/**
 * An HTTP POST to an endpoint that a user registered. It connects only to an address that
 * {@code EndpointGuard} allowed and follows no redirect. Of the answer it reads only the status and
 * {@code Retry-After}. Blocks until the answer or the time-out; called on virtual threads.
 */
@FunctionalInterface
public interface Post {
    Answer post(Endpoint endpoint, Map<String, String> headers, byte[] body);

    /** The result of the call. */
    sealed interface Answer {
        /**
         * An HTTP answer; {@code retryAfter} is the header as it was sent, empty if there is none.
         */
        record Status(int code, String retryAfter) implements Answer {}

        /** There was no answer; a later call may get one. */
        record Unanswered(String reason) implements Answer {}

        /** The endpoint must not be called. */
        record Forbidden(String reason) implements Answer {}
    }
}
