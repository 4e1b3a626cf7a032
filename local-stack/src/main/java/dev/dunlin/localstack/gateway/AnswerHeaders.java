package dev.dunlin.localstack.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Security headers of every answer of the gateway. A header that a service or a page has set stays
 * as it is. Pages from other ports of this machine, such as those of a developer's own server, may
 * read all answers, without cookies.
 */
final class AnswerHeaders {
    static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    private static final Pattern LOCAL = Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

    private AnswerHeaders() {}

    static void put(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        request.response().headersEndHandler(done -> complete(request.response().headers(), origin));
    }

    /**
     * Whether a page from this machine asks. {@code origin} is the header; no page asks without it.
     */
    static boolean isLocal(@Nullable String origin) {
        return origin != null && LOCAL.matcher(origin).matches();
    }

    private static void complete(MultiMap headers, @Nullable String origin) {
        putIfAbsent(headers, HttpHeaders.CACHE_CONTROL, "no-store");
        putIfAbsent(headers, CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
        putIfAbsent(headers, "Referrer-Policy", "no-referrer");
        putIfAbsent(headers, "X-Content-Type-Options", "nosniff");
        putIfAbsent(headers, HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (origin != null && isLocal(origin)) {
            putIfAbsent(headers, HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
    }

    private static void putIfAbsent(MultiMap headers, CharSequence name, CharSequence value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
