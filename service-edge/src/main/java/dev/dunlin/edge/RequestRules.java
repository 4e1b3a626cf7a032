package dev.dunlin.edge;

import dev.dunlin.protocol.http.ListHeader;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HTTP asks of every request of a service, whatever answers it: REST, streams and WebSockets. Runs on the event loop after CORS and
 * before authentication.
 *
 * <ul>
 *   <li>Each route has one representation, so {@code Accept} is not negotiated (RFC 9110 section 12.5.1): nobody reads it, and none can
 *       fail a request whose work is done.
 *   <li>A body with a {@code Content-Encoding} is refused with 415 (section 15.5.16): nothing is ever decompressed.
 *   <li>{@code Authorization: Bearer} may be followed by more than one space (section 11.4), in any case.
 * </ul>
 */
@Singleton
public class RequestRules {
    /** CORS is at 300, authentication at 200. */
    static final int PRIORITY = 250;

    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S.*)");

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
            requireIdentity(headers);
        } catch (Refusal refusal) {
            RouteRefusals.answer(routing.response(), refusal);
            return;
        }
        writeSchemeOnce(headers);
        headers.remove("Accept");
        routing.next();
    }

    /** Writes the header as the framework expects it. */
    private static void writeSchemeOnce(MultiMap headers) {
        String authorization = headers.get("Authorization");
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
        if (bearer.matches()) {
            headers.set("Authorization", "Bearer " + bearer.group(1).strip());
        }
    }

    private static void requireIdentity(MultiMap headers) {
        if (isEncoded(headers)) {
            throw Refusal.ofHttp(
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
