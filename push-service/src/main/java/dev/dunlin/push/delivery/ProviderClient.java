package dev.dunlin.push.delivery;

import java.net.URI;
import java.util.Map;

/**
 * Calls a push provider over HTTP. Connections are kept and shared. If the provider closes the
 * connection before it answers, the request is sent once more at once; the provider may then get it
 * twice. Calls block until the answer or the time-out; called on virtual threads.
 */
public interface ProviderClient extends AutoCloseable {
    /**
     * Posts to an https URI, which may contain a device's token: it is not part of any reason.
     *
     * @param headers names in lower case
     */
    Reply post(URI uri, Map<String, String> headers, byte[] body);

    /** Closes the connections when the calls that run now have ended. Does not block. */
    @Override
    void close();

    /** The result of a call. */
    sealed interface Reply {
        /**
         * An HTTP answer.
         *
         * @param retryAfter the header as it was sent, empty if there is none
         * @param body at most 64 KiB
         */
        record Answered(int status, String retryAfter, String body) implements Reply {}

        /** There was no answer; a later call may get one. */
        record Unanswered(String reason) implements Reply {}
    }
}
