package dev.dunlin.localstack.gateway;

import dev.dunlin.localstack.tokens.TokenIssuer;
import dev.dunlin.localstack.tokens.TokenIssuer.Token;
import dev.dunlin.localstack.tokens.TokenRequest;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * {@code POST /dev/tokens {"user":"alice"}}: a token for whoever asks, without any scope. It stands for the sign-in that a
 * product has, so only this machine's own user may ask: from a loopback address, by a loopback name, and not from another
 * site's page.
 */
final class DevTokens {
    static final String PATH = "/dev/tokens";

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MAX_BODY_BYTES = 1_024;

    private final TokenIssuer issuer;

    DevTokens(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    /** What is asked. */
    record Wish(UserId user) {}

    /**
     * What is answered.
     *
     * @param expiresAt ms since 1970
     */
    record Grant(String token, long expiresAt) {}

    void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!request.method().equals(HttpMethod.POST)) {
            response.putHeader(HttpHeaders.ALLOW, "POST").setStatusCode(405).end();
        } else if (!isOwnUser(request)) {
            Problems.send(response, ErrorCode.FORBIDDEN, "only pages and programs of this machine get tokens here");
        } else if (length(request) > MAX_BODY_BYTES) {
            Problems.send(response, ErrorCode.TOO_LARGE, "at most " + MAX_BODY_BYTES + " bytes");
        } else {
            request.body().onSuccess(body -> grant(body, response));
        }
    }

    private void grant(Buffer body, HttpServerResponse response) {
        try {
            Token token = issuer.issue(TokenRequest.user(
                    Json.read(body.getBytes(), Wish.class).user().value(), LIFETIME));
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(Buffer.buffer(Json.write(
                            new Grant(token.value(), token.expiresAt().toEpochMilli()))));
        } catch (InvalidInput e) {
            Problems.send(response, e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOwnUser(HttpServerRequest request) {
        String host = request.authority() == null ? "" : request.authority().toString();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return isLoopback(request.remoteAddress().hostAddress())
                && LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", ""))
                && (origin == null || origin.equalsIgnoreCase("http://" + host));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    // Without a length it could be of any size.
    private static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,9}") ? Long.parseLong(length) : Long.MAX_VALUE;
    }
}
