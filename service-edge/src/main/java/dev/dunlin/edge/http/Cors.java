package dev.dunlin.edge.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.RouteRefusals;
import dev.dunlin.protocol.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Cross-origin requests as the Fetch standard defines them. It answers preflights, and adds the
 * headers to every answer, refusals included, so that a page can read why it was refused. A request
 * from any other origin is carried out, and its page cannot read the answer. Event loop.
 */
final class Cors implements Handler<RoutingContext> {
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, traceparent";
    private static final String ANSWER_HEADERS = "Allow, Location, Retry-After, WWW-Authenticate, traceparent";
    /** In seconds; browsers keep a preflight no longer. */
    private static final String PREFLIGHT_LASTS = "7200";

    private final CorsOrigins origins;

    Cors(CorsOrigins origins) {
        this.origins = origins;
    }

    @Override
    public void handle(RoutingContext routing) {
        String origin = routing.request().getHeader(HttpHeaders.ORIGIN);
        CorsOrigins.Verdict verdict = origin == null ? CorsOrigins.Verdict.REFUSED : origins.of(origin);
        routing.addHeadersEndHandler(done -> answer(routing.response().headers(), String.valueOf(origin), verdict));
        if (origin == null || !isPreflight(routing)) {
            routing.next();
        } else if (verdict == CorsOrigins.Verdict.REFUSED) {
            RouteRefusals.answer(
                    routing.response(),
                    new RefusedException(
                            ErrorCode.FORBIDDEN, "Origin: pages of " + origin + " may not call this service"));
        } else {
            routing.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_LASTS)
                    .end();
        }
    }

    private static boolean isPreflight(RoutingContext routing) {
        return routing.request().method().equals(HttpMethod.OPTIONS)
                && routing.request().headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static void answer(MultiMap headers, String origin, CorsOrigins.Verdict verdict) {
        headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        switch (verdict) {
            case NAMED ->
                headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                        .set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                        .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
            case WITHOUT_CREDENTIALS ->
                headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                        .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
            case REFUSED -> {}
        }
    }
}
