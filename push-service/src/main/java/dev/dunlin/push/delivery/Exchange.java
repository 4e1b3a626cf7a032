package dev.dunlin.push.delivery;

import dev.dunlin.push.endpoint.Endpoint;
import java.util.Map;

/**
 * A {@link Post} of whose answer the body is read, too. Blocks until the body has ended, or until
 * the time-out; called on virtual threads.
 */
@FunctionalInterface
public interface Exchange {
    /** The most bytes of a body that are read; the rest is cut off. */
    int MOST_BYTES = 4096;

    Reply send(Endpoint endpoint, Map<String, String> headers, byte[] body);

    /** The answer, and its body read as UTF-8; that is empty if there was no answer. */
    record Reply(Post.Answer answer, String body) {}
}
