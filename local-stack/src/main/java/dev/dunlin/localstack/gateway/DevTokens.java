package dev.dunlin.localstack.gateway;

import dev.dunlin.engines.tokens.TokenIssuer;
import dev.dunlin.engines.tokens.TokenIssuer.Token;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /dev/tokens {"user":"alice"}}: a token for whoever asks, without any scope; it stands
 * for the sign-in that a product has. With {@code "cookie":true} it comes as the cookie of the
 * handshake too, which is all that a browser's {@code EventSource} can show.
 */
final class DevTokens {
    static final String PATH = "/dev/tokens";

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String COOKIE = "dunlin_token";

    private final TokenIssuer issuer;

    DevTokens(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    /** What is asked. */
    record Wish(UserId user, @Nullable Boolean cookie) {
        Wish {
            Check.required("user", user);
        }
    }

    /**
     * What is answered.
     *
     * @param expiresAt ms since 1970
     */
    record Grant(String token, long expiresAt) {}

    void handle(HttpServerRequest request) {
        DevRequests.answer(request, body -> grant(Json.read(body, Wish.class), request));
    }

    private Grant grant(Wish wish, HttpServerRequest request) {
        Token token = issuer.issue(TokenRequest.user(wish.user().value(), LIFETIME));
        if (Boolean.TRUE.equals(wish.cookie())) {
            request.response()
                    .addCookie(Cookie.cookie(COOKIE, token.value())
                            .setHttpOnly(true)
                            .setSameSite(CookieSameSite.STRICT)
                            .setPath("/v1")
                            .setMaxAge(LIFETIME.toSeconds()));
        }
        return new Grant(token.value(), token.expiresAt().toEpochMilli());
    }
}
