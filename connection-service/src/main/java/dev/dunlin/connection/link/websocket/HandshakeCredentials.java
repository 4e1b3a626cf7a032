package dev.dunlin.connection.link.websocket;

import dev.dunlin.connection.handshake.Credentials;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a client shows, in the order of {@code docs/protocol.md} section 3. */
final class HandshakeCredentials {
    private static final String BEARER = "bearer ";
    private static final String PROTOCOL_BEARER = "bearer.";

    private HandshakeCredentials() {}

    static Credentials of(HttpServerRequest request) {
        return of(
                request.getHeader("Authorization"),
                request.getHeader("Sec-WebSocket-Protocol"),
                request.getParam("ticket"));
    }

    static Credentials of(@Nullable String authorization, @Nullable String subprotocols, @Nullable String ticket) {
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return new Credentials.Token(
                    authorization.substring(BEARER.length()).strip());
        }
        if (subprotocols != null) {
            for (String offered : subprotocols.split(",", -1)) {
                if (offered.strip().startsWith(PROTOCOL_BEARER)) {
                    return new Credentials.Token(offered.strip().substring(PROTOCOL_BEARER.length()));
                }
            }
        }
        return ticket == null ? new Credentials.None() : new Credentials.Ticket(ticket);
    }
}
