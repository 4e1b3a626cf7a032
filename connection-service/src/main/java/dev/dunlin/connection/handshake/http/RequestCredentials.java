package dev.dunlin.connection.handshake.http;

import dev.dunlin.connection.handshake.AllowedOrigins;
import dev.dunlin.connection.handshake.Credentials;
import dev.dunlin.connection.handshake.Handshake;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.rate.ClientAddress;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.http.ListHeader;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the credentials of a request, in the order of {@code docs/protocol.md} section 3. */
public final class RequestCredentials {
    private static final String BEARER = "bearer ";
    private static final String PROTOCOL_BEARER = "bearer.";
    private static final String COOKIE = "dunlin_token";

    private final AllowedOrigins origins;
    private final ClientAddress addresses;
    private final boolean queryToken;

    /**
     * Sets which credentials count.
     *
     * @param addresses finds the address of a client
     * @param queryToken whether {@code ?access_token=} counts
     */
    public RequestCredentials(AllowedOrigins origins, ClientAddress addresses, boolean queryToken) {
        this.origins = origins;
        this.addresses = addresses;
        this.queryToken = queryToken;
    }

    /**
     * The handshake that a request asks for. Throws {@link RefusedException} if a parameter of it
     * is wrong.
     */
    public Handshake handshake(HttpServerRequest request, boolean auto) {
        return new Handshake(of(request), device(request.getParam("device")), auto, addresses.of(request));
    }

    private static Device device(@Nullable String name) {
        return switch (name) {
            case null -> Device.WEB;
            case "web" -> Device.WEB;
            case "mobile" -> Device.MOBILE;
            case "desktop" -> Device.DESKTOP;
            default -> throw new RefusedException(ErrorCode.BAD_REQUEST, "device: must be web, mobile or desktop");
        };
    }

    private Credentials of(HttpServerRequest request) {
        Cookie cookie = request.getCookie(COOKIE);
        return of(new Shown(
                request.getHeader("Authorization"),
                ListHeader.elements(request.headers().getAll("Sec-WebSocket-Protocol")),
                cookie == null ? null : cookie.getValue(),
                origins.allow(
                        request.getHeader("Origin"),
                        request.authority() == null ? null : request.authority().toString(),
                        request.getHeader("Sec-Fetch-Site")),
                request.getParam("ticket"),
                queryToken ? request.getParam("access_token") : null));
    }

    /** Where a token or a ticket may be, and whether the page may use the cookie. */
    record Shown(
            @Nullable String authorization,
            List<String> subprotocols,
            @Nullable String cookie,
            boolean allowedOrigin,
            @Nullable String ticket,
            @Nullable String queryToken) {}

    static Credentials of(Shown shown) {
        String authorization = shown.authorization();
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return new Credentials.Token(
                    authorization.substring(BEARER.length()).strip());
        }
        for (String offered : shown.subprotocols()) {
            if (offered.startsWith(PROTOCOL_BEARER)) {
                return new Credentials.Token(offered.substring(PROTOCOL_BEARER.length()));
            }
        }
        if (shown.cookie() != null && shown.allowedOrigin()) {
            return new Credentials.Token(shown.cookie());
        }
        if (shown.ticket() != null) {
            return new Credentials.Ticket(shown.ticket());
        }
        if (shown.queryToken() != null) {
            return new Credentials.Token(shown.queryToken());
        }
        return shown.cookie() == null ? new Credentials.None() : new Credentials.ForeignCookie();
    }
}
