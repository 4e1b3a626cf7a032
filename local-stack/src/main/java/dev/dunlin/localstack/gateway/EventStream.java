package dev.dunlin.localstack.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * An answer of server-sent events that stays open. It belongs to the event loop of its request; any
 * thread may send. The stream of a client that does not read ends.
 */
final class EventStream {
    private final Context loop;
    private final HttpServerResponse response;

    private EventStream(Context loop, HttpServerResponse response) {
        this.loop = loop;
        this.response = response;
    }

    /**
     * Sends the head. Called on the event loop of the request.
     *
     * @param closed runs once on that event loop when the client has left
     */
    static EventStream open(HttpServerRequest request, Runnable closed) {
        HttpServerResponse response = request.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .closeHandler(left -> closed.run());
        response.write(": open\n\n");
        return new EventStream(Vertx.currentContext(), response);
    }

    /**
     * Sends an event; the events of one caller arrive in order.
     *
     * @param data one line
     * @return false if the client has left, or does not read
     */
    boolean send(String event, String data) {
        if (response.closed()) {
            return false;
        }
        if (response.writeQueueFull()) {
            loop.runOnContext(now -> response.reset());
            return false;
        }
        loop.runOnContext(now -> {
            if (!response.closed()) {
                response.write("event: " + event + "\ndata: " + data + "\n\n");
            }
        });
        return true;
    }
}
