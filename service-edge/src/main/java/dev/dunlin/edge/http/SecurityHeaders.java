package dev.dunlin.edge.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Headers for every answer, streams and refusals included. No cache keeps it, no browser guesses
 * its type or frames it, and a browser that shows it loads nothing else. Event loop.
 */
final class SecurityHeaders implements Handler<RoutingContext> {
    @Override
    public void handle(RoutingContext routing) {
        routing.addHeadersEndHandler(done -> answer(routing.response().headers()));
        routing.next();
    }

    private static void answer(MultiMap headers) {
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store")
                .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .set("Referrer-Policy", "no-referrer")
                .set("X-Content-Type-Options", "nosniff");
    }
}
