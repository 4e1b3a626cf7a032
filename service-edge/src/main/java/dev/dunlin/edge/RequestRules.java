package dev.dunlin.edge;

import dev.dunlin.edge.rate.ClientAddress;
import dev.dunlin.edge.rate.RequestRates;
import dev.dunlin.protocol.http.ListHeader;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of HTTP that hold for every request: REST, streams and WebSockets. Runs on the event
 * loop, after CORS and before authentication.
 *
 * <ul>
 *   <li>Each request and handshake of a client counts for its address, {@link RequestRates}.
 *   <li>{@code Accept} is removed, so that it cannot fail a request whose work is done. Each route
 *       has one representation and negotiates nothing (RFC 9110 section 12.5.1).
 *   <li>A body with a {@code Content-Encoding} is refused with 415 (section 15.5.16): nothing is
 *       ever decompressed.
 *   <li>{@code Authorization: Bearer} is read in any case, with any number of spaces after it
 *       (section 11.4).
 * </ul>
 */
@Singleton
public class RequestRules {
    /** CORS and security headers have more, see {@code EdgeRoutes}; authentication has 200. */
    static final int PRIORITY = 250;

    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S.*)");

    private final RequestRates rates;
    private final ClientAddress addresses;

    @Inject
    RequestRules(RequestRates rates, ClientAddress addresses) {
        this.rates = rates;
        this.addresses = addresses;
    }

    /** Whether a path is for other services; the public port does not serve it. */
    static boolean isInternal(String path) {
        return path.equals("/internal") || path.startsWith("/internal/");
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext routing) {
        if (routing.normalizedPath().startsWith("/q/")) {
            routing.next();
            return;
        }
        MultiMap headers = routing.request().headers();
        try {
            String token = bearer(headers);
            if (!isInternal(routing.normalizedPath())) {
                rates.count(addresses.of(routing.request()), token);
            }
            requireIdentity(headers);
        } catch (RefusedException refusal) {
            RouteRefusals.answer(routing.response(), refusal);
            return;
        }
        headers.remove("Accept");
        routing.next();
    }

    /** Returns the token, if there is one, and rewrites the header as the framework expects it. */
    private static @Nullable String bearer(MultiMap headers) {
        String authorization = headers.get("Authorization");
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
        if (!bearer.matches()) {
            return null;
        }
        String token = bearer.group(1).strip();
        String plain = "Bearer " + token;
        if (!plain.equals(authorization)) {
            headers.set("Authorization", plain);
        }
        return token;
    }

    private static void requireIdentity(MultiMap headers) {
        if (isEncoded(headers)) {
            throw RefusedException.ofHttp(
                    415,
                    "Content-Encoding: must be identity, bodies are not decompressed",
                    Map.of("Accept-Encoding", "identity"));
        }
    }

    private static boolean isEncoded(MultiMap headers) {
        return ListHeader.elements(headers.getAll("Content-Encoding")).stream()
                .anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
    }
}
