package dev.dunlin.connection.transport.websocket;

import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;

/** Where WebSockets come in. {@link WebSocketHandshake} takes them over before this endpoint would open one. */
@WebSocket(path = "/v1/ws", endpointId = WebSocketEndpoint.ID)
public class WebSocketEndpoint {
    static final String ID = "links";

    @OnOpen
    void neverOpened() {
        throw new IllegalStateException("the handshake takes every link over");
    }
}
