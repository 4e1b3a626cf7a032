package dev.dunlin.connection.link.websocket;

import dev.dunlin.connection.handshake.Admission;
import dev.dunlin.connection.handshake.Admissions;
import dev.dunlin.connection.handshake.Credentials;
import dev.dunlin.edge.Refusal;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.http.Problem;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.ContextInternal;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets WebSockets in, or answers with a status and a problem document. The check never permits the upgrade to go on: who is admitted is upgraded here, so that the link is
 * the bare socket with its back-pressure, its frames as bytes and its close codes.
 */
public final class WebSocketHandshake implements HttpUpgradeCheck {
    private static final Logger LOG = Logger.getLogger(WebSocketHandshake.class);

    private final Admissions admissions;
    private final Executor virtualThreads;
    private final InstantSource clock;
    private final WebSocketLink.MessageLimits limits;

    /** {@code keptBytes} and {@code closedBytes}: see {@link WebSocketLink.MessageLimits}. */
    public WebSocketHandshake(
            Admissions admissions, Executor virtualThreads, InstantSource clock, int keptBytes, int closedBytes) {
        this.admissions = admissions;
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
        Credentials credentials = HandshakeCredentials.of(request);
        boolean auto = !"false".equals(request.getParam("auto"));
        Context requestContext = Vertx.currentContext();
        var unused = CompletableFuture.supplyAsync(() -> admissions.admit(credentials, auto), virtualThreads)
                .whenComplete((admission, failure) -> requestContext.runOnContext(back -> {
                    if (admission != null) {
                        upgrade(request, admission, ((ContextInternal) requestContext).nettyEventLoop());
                    } else {
                        refuse(request.response(), failure);
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

    private static void refuse(HttpServerResponse response, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        Refusal refusal;
        if (cause instanceof Refusal known) {
            refusal = known;
        } else {
            LOG.error("A handshake failed", cause);
            refusal = new Refusal(ErrorCode.INTERNAL, "the service failed; its log says why");
        }
        if (response.closed()) {
            return;
        }
        response.setStatusCode(refusal.code().httpStatus()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        refusal.retryAfter()
                .ifPresent(after -> response.putHeader(
                        "Retry-After", Long.toString(after.plusMillis(999).toSeconds())));
        var unused = response.end(
                Buffer.buffer(Json.write(Problem.of(refusal.code(), String.valueOf(refusal.getMessage())))));
    }
}
