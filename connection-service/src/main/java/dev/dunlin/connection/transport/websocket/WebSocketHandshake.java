package dev.dunlin.connection.transport.websocket;

import dev.dunlin.connection.handshake.Admission;
import dev.dunlin.connection.handshake.Admissions;
import dev.dunlin.connection.handshake.Handshake;
import dev.dunlin.connection.handshake.http.HandshakeRefusal;
import dev.dunlin.connection.handshake.http.RequestCredentials;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.RouteRefusals;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Admits WebSockets, or answers with a status and a problem document. The check never permits the
 * framework's upgrade. It takes over the channel of an admitted client, so that no handler of the
 * HTTP server stays behind (decision 0012).
 */
public final class WebSocketHandshake implements HttpUpgradeCheck {
    private final Admissions admissions;
    private final RequestCredentials credentials;
    private final WebSocketContext shared;

    public WebSocketHandshake(Admissions admissions, RequestCredentials credentials, WebSocketContext shared) {
        this.admissions = admissions;
        this.credentials = credentials;
        this.shared = shared;
    }

    /**
     * Answers requests without a {@code Sec-WebSocket-Key}, which the framework passes over as if
     * the path did not exist; passes on all others. On the request's loop.
     */
    public static void screen(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.headers().contains(UpgradeRules.KEY)) {
            routing.next();
        } else if (RouteRefusals.isGet(request)) {
            try {
                UpgradeRules.requireKey(request);
            } catch (RefusedException e) {
                HandshakeRefusal.answer(request.response(), e);
            }
        }
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(WebSocketEndpoint.ID);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        HttpServerRequest request = context.httpRequest();
        if (!RouteRefusals.isGet(request)) {
            return Uni.createFrom().nothing();
        }
        WebSocketUpgrade upgrade;
        Handshake handshake;
        try {
            upgrade = WebSocketUpgrade.of(request);
            handshake = credentials.handshake(request, !"false".equals(request.getParam("auto")));
        } catch (RefusedException e) {
            HandshakeRefusal.answer(request.response(), e);
            return Uni.createFrom().nothing();
        }
        Context requestContext = Vertx.currentContext();
        var unused = admissions
                .admit(handshake)
                .whenComplete((admission, failure) -> requestContext.runOnContext(back -> {
                    if (admission == null) {
                        HandshakeRefusal.answer(request.response(), failure);
                    } else {
                        open(request, upgrade, admission);
                    }
                }));
        return Uni.createFrom().nothing();
    }

    private void open(HttpServerRequest request, WebSocketUpgrade upgrade, Admission admission) {
        try {
            if (!upgrade.takeOver(request, shared, admission::enter)) {
                admission.abandon();
            }
        } catch (RuntimeException e) {
            admission.abandon();
            throw e;
        }
    }
}
