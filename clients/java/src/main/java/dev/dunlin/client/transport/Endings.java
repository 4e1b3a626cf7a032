package dev.dunlin.client.transport;

import dev.dunlin.client.link.HandshakeRefused;
import dev.dunlin.client.link.Link;
import dev.dunlin.client.rest.HttpRefused;
import dev.dunlin.protocol.CloseCode;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request that failed says of its transport: the tables of {@code docs/clients.md}. */
final class Endings {
    private static final double ENOUGH = 2;
    private static final double SOME = 1;
    private static final double LITTLE = 0.5;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    /** Statuses of those who do not know the path, or not for this purpose. */
    private static final Set<Integer> NOT_HERE = Set.of(404, 405, 406, 501);

    /** What the request was for. */
    enum Request {
        /**
         * A call beside the transport. Its failure says nothing of it, unless REST is not there.
         */
        REST,
        /** The first of the transport, after such a call went well. */
        FIRST,
        AGAIN
    }

    private Endings() {}

    static Ending of(Throwable failure, Request request) {
        String reason = explain(failure);
        if (failure instanceof NotHere) {
            return Ending.broken(reason, ENOUGH);
        }
        if (failure instanceof HttpRefused refused) {
            return of(
                    refused.status(),
                    refused.spoken(),
                    reason,
                    refused.retryAfter().orElse(null),
                    request);
        }
        return Ending.broken(reason, request == Request.FIRST ? SOME : LITTLE);
    }

    /** Of a WebSocket that was refused, or broke at the handshake. */
    static Ending ofHandshake(Throwable failure) {
        String reason = explain(failure);
        if (failure instanceof HandshakeRefused refused) {
            Duration asked = refused.retryAfter();
            return of(refused.status(), false, reason, asked.isZero() ? null : asked, Request.FIRST);
        }
        return failure instanceof HttpTimeoutException
                ? Ending.broken("the handshake was not answered", ENOUGH)
                : Ending.by(Link.ABNORMAL, reason);
    }

    private static Ending of(
            int status, boolean spoken, String reason, @Nullable Duration retryAfter, Request request) {
        if (status == UNAUTHORIZED) {
            return Ending.by(CloseCode.TOKEN_EXPIRED.code(), reason);
        }
        if (status == FORBIDDEN && spoken) {
            return Ending.by(CloseCode.FORBIDDEN.code(), reason);
        }
        if (status == 429 || status == 503) {
            return new Ending(CloseCode.OVERLOADED.code(), reason, retryAfter, 0.0);
        }
        // The HTTP transports need REST: where it is not, they cannot work either.
        boolean notHere = NOT_HERE.contains(status);
        double against = notHere || status == FORBIDDEN ? ENOUGH : SOME;
        return new Ending(Link.ABNORMAL, reason, retryAfter, request == Request.REST && !notHere ? 0 : against);
    }

    private static String explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException refused) {
                return refused.getMessage() == null ? "connection refused" : refused.getMessage();
            }
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
