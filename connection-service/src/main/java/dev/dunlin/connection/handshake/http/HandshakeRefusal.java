package dev.dunlin.connection.handshake.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.RouteRefusals;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers a handshake that is not accepted, with a status and a problem document. On the request's
 * loop.
 */
public final class HandshakeRefusal {
    private static final Logger LOG = Logger.getLogger(HandshakeRefusal.class);

    private HandshakeRefusal() {}

    /** Answers according to the failure. A failure that is not a refusal is logged. */
    public static void answer(HttpServerResponse response, @Nullable Throwable failure) {
        RouteRefusals.answer(response, reason(failure));
    }

    private static RefusedException reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof RefusedException known) {
            return known;
        }
        if (cause instanceof InvalidInput invalid) {
            return new RefusedException(invalid.code(), String.valueOf(invalid.getMessage()));
        }
        LOG.error("A handshake failed", cause);
        return new RefusedException(ErrorCode.INTERNAL, "the service failed; its log says why");
    }
}
