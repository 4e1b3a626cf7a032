package dev.dunlin.engines.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a request for an access token: RFC 7523 sections 2.1 and 3, and what Google demands of it
 * ("Using OAuth 2.0 for server to server applications").
 */
final class FcmAssertion {
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final Duration MOST_LIFE = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofMinutes(1);

    private FcmAssertion() {}

    /** @param keys by {@code kid} */
    record Expected(String email, String audience, Map<String, KeyPair> keys, Clock clock) {}

    /** What is wrong with it; empty if nothing is. */
    static Optional<String> fault(HttpExchange exchange, String body, Expected expected) {
        try {
            require(exchange.getRequestMethod().equals("POST"), "not a POST");
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            require("application/x-www-form-urlencoded".equals(type), "not a form");
            Map<String, String> form = form(body);
            require(
                    "urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type")),
                    "not the grant type of RFC 7523");
            check(String.valueOf(form.get("assertion")), expected);
            return Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException | InvalidInput e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static void check(String assertion, Expected expected) throws GeneralSecurityException, InvalidInput {
        String[] parts = assertion.split("\\.", -1);
        require(parts.length == 3, "not a signed JWT");
        JsonNode header = Json.parse(unbase64(parts[0]));
        require(header.path("alg").asText().equals("RS256"), "not RS256");
        KeyPair key = expected.keys().get(header.path("kid").asText());
        if (key == null) {
            throw new IllegalArgumentException("an unknown key");
        }
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(key.getPublic());
        verifier.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        require(verifier.verify(unbase64(parts[2])), "a wrong signature");
        JsonNode claims = Json.parse(unbase64(parts[1]));
        require(claims.path("iss").asText().equals(expected.email()), "a wrong iss");
        require(claims.path("scope").asText().equals(SCOPE), "a wrong scope");
        require(claims.path("aud").asText().equals(expected.audience()), "a wrong aud");
        Instant now = expected.clock().instant();
        Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
        Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
        require(!issued.isAfter(now.plus(SKEW)), "an iat in the future");
        require(expires.isAfter(now), "an exp in the past");
        require(Duration.between(issued, expires).compareTo(MOST_LIFE) <= 0, "an exp more than an hour after iat");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            require(equals > 0, "not a form");
            form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        }
        return form;
    }

    private static byte[] unbase64(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
