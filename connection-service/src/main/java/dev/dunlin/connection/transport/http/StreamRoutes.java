package dev.dunlin.connection.transport.http;

import dev.dunlin.connection.cursor.StreamTrack;
import dev.dunlin.connection.handshake.Admission;
import dev.dunlin.connection.handshake.Admissions;
import dev.dunlin.connection.handshake.Handshake;
import dev.dunlin.connection.handshake.http.HandshakeRefusal;
import dev.dunlin.connection.handshake.http.RequestCredentials;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.RouteRefusals;
import dev.dunlin.protocol.InvalidInput;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.Executor;

/**
 * The routes of event streams and long polls. Clients are admitted as on WebSockets, and get one
 * session each.
 */
public final class StreamRoutes {
    private final Admissions admissions;
    private final RequestCredentials credentials;
    private final StreamContext context;

    public StreamRoutes(Admissions admissions, RequestCredentials credentials, StreamContext context) {
        this.admissions = admissions;
        this.credentials = credentials;
        this.context = context;
    }

    private interface Opening {
        void open(Admission admission, StreamRequest asked, Executor loop);
    }

    /** {@code GET /v1/events}. On the request's loop. */
    public void events(HttpServerRequest request) {
        handle(
                request,
                (admission, asked, loop) ->
                        new SseLink(request, loop, context, new StreamTrack(asked.cursor())).open(admission, asked));
    }

    /** {@code GET /v1/poll}. On the request's loop. */
    public void poll(HttpServerRequest request) {
        handle(
                request,
                (admission, asked, loop) -> new PollLink(
                                request.response(),
                                loop,
                                context,
                                new StreamTrack(asked.cursor()),
                                asked.cursor() != null)
                        .open(admission, asked));
    }

    private void handle(HttpServerRequest request, Opening opening) {
        if (!RouteRefusals.isGet(request)) {
            return;
        }
        StreamRequest asked;
        Handshake handshake;
        try {
            asked = StreamRequest.of(request);
            handshake = credentials.handshake(request, asked.own());
        } catch (InvalidInput | RefusedException e) {
            HandshakeRefusal.answer(request.response(), e);
            return;
        }
        Context context = Vertx.currentContext();
        Executor loop = ((ContextInternal) context).nettyEventLoop();
        var unused = admissions
                .admit(handshake)
                .whenComplete((admission, failure) -> context.runOnContext(back -> {
                    if (admission == null) {
                        HandshakeRefusal.answer(request.response(), failure);
                    } else if (request.response().closed()) {
                        admission.abandon(); // the client is gone
                    } else {
                        opening.open(admission, asked, loop);
                        forget(request);
                    }
                }));
    }

    /** Drops what was read: the token and the cursor, as long as the stream is open. */
    private static void forget(HttpServerRequest request) {
        request.headers().clear();
        request.params().clear();
    }
}
