package dev.dunlin.connection.transport.websocket;

import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;

/**
 * Declares the path of WebSockets. {@link WebSocketHandshake} takes each one over before this
 * endpoint would open it.
 */
@WebSocket(path = "/v1/ws", endpointId = WebSocketEndpoint.ID)
public class WebSocketEndpoint {
    static final String ID = "links";

    @OnOpen
    void neverOpened() {
        throw new IllegalStateException("the handshake takes every link over");
    }
}
