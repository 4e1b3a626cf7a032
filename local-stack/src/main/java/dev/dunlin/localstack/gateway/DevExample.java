package dev.dunlin.localstack.gateway;

import dev.dunlin.protocol.InvalidInput;
import java.net.URI;
import java.time.Clock;

/**
 * A program of {@code examples/} that runs in the gateway and answers at {@code POST /dev/NAME}.
 * The gateway finds it on its class path with a {@link java.util.ServiceLoader} and starts it once.
 * It ends with the gateway.
 */
public interface DevExample {
    /** The last part of the path, also the user of its tokens. */
    String name();

    /** Starts it. */
    Answer start(BackEnd backEnd);

    /** Answers a request. Called on any event loop; must not block. */
    @FunctionalInterface
    interface Answer {
        /**
         * What to send, as JSON.
         *
         * @param body of the request, at most 1 KiB
         * @throws InvalidInput if it is not what the program expects; its message is sent
         */
        Object to(byte[] body) throws InvalidInput;
    }

    /** What a back end of the running suite has. Thread-safe. */
    interface BackEnd {
        /**
         * The address of a message-service, {@code http://host:port}; with several, of each in
         * turn.
         */
        URI messageService();

        /** A token with the scope {@code server}, valid for at least a minute. */
        String token();

        Clock clock();
    }
}
