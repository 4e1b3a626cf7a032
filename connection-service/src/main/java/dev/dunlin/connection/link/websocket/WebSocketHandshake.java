package dev.dunlin.connection.link.websocket;

import dev.dunlin.connection.handshake.Admission;
import dev.dunlin.connection.handshake.Admissions;
import dev.dunlin.connection.handshake.Credentials;
import dev.dunlin.connection.handshake.http.HandshakeRefusal;
import dev.dunlin.connection.handshake.http.RequestCredentials;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.ContextInternal;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Lets WebSockets in, or answers with a status and a problem document. The check never permits the upgrade to go on: who is admitted is upgraded here, so that the link is
 * the bare socket with its back-pressure, its frames as bytes and its close codes.
 */
public final class WebSocketHandshake implements HttpUpgradeCheck {
    private static final Logger LOG = Logger.getLogger(WebSocketHandshake.class);

    private final Admissions admissions;
    private final RequestCredentials credentials;
    private final Executor virtualThreads;
    private final InstantSource clock;
    private final WebSocketLink.MessageLimits limits;

    /** {@code keptBytes} and {@code closedBytes}: see {@link WebSocketLink.MessageLimits}. */
    public WebSocketHandshake(
            Admissions admissions,
            RequestCredentials credentials,
            Executor virtualThreads,
            InstantSource clock,
            int keptBytes,
            int closedBytes) {
        this.admissions = admissions;
        this.credentials = credentials;
        this.virtualThreads = virtualThreads;
        this.clock = clock;
        this.limits = new WebSocketLink.MessageLimits(keptBytes, closedBytes);
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(WebSocketEndpoint.ID);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        HttpServerRequest request = context.httpRequest();
        Credentials shown = this.credentials.of(request);
        boolean auto = !"false".equals(request.getParam("auto"));
        Context requestContext = Vertx.currentContext();
        var unused = CompletableFuture.supplyAsync(() -> admissions.admit(shown, auto), virtualThreads)
                .whenComplete((admission, failure) -> requestContext.runOnContext(back -> {
                    if (admission != null) {
                        upgrade(request, admission, ((ContextInternal) requestContext).nettyEventLoop());
                    } else {
                        HandshakeRefusal.answer(request.response(), failure);
                    }
                }));
        return Uni.createFrom().nothing();
    }

    private void upgrade(HttpServerRequest request, Admission admission, Executor loop) {
        if (request.response().closed()) {
            admission.abandon(); // the client is gone
            return;
        }
        request.toWebSocket().onSuccess(socket -> open(socket, admission, loop)).onFailure(failure -> {
            LOG.debugf("A handshake failed: %s", failure);
            admission.abandon();
        });
    }

    private void open(ServerWebSocket socket, Admission admission, Executor loop) {
        new WebSocketLink(socket, loop, clock, limits).open(admission);
    }
}
