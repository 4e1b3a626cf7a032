package dev.dunlin.connection.transport.websocket;

import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;

/**
 * Where a conformance suite finds the pipeline of {@code /v1/ws} without a session behind it:
 * {@link EchoHandshake} takes the channel over.
 */
@WebSocket(path = "/echo", endpointId = EchoEndpoint.ID)
public class EchoEndpoint {
    static final String ID = "echo";

    @OnOpen
    void neverOpened() {
        throw new IllegalStateException("the handshake takes every link over");
    }
}
