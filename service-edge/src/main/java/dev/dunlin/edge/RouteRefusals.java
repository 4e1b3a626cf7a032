package dev.dunlin.edge;

import dev.dunlin.protocol.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** Problem documents of routes that are no resources: filters, streams, WebSockets. On the request's event loop. */
public final class RouteRefusals {
    private RouteRefusals() {}

    /** Answers with the refusal's document; does nothing if there is an answer already, or nobody to read it. */
    public static void answer(HttpServerResponse response, Refusal refusal) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(refusal.problem().status()).putHeader("Cache-Control", "no-store");
        refusal.headers().forEach(response::putHeader);
        var unused = response.end(Buffer.buffer(Json.write(refusal.problem())));
    }

    /** Whether a request is a {@code GET}; if not it is answered: {@code OPTIONS} with 204, every other method with 405, both with {@code Allow}. */
    public static boolean isGet(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)) {
            return true;
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            var unused = request.response()
                    .setStatusCode(204)
                    .putHeader("Allow", "GET, OPTIONS")
                    .end();
        } else {
            answer(request.response(), wrongMethod("GET, OPTIONS"));
        }
        return false;
    }

    static Refusal wrongMethod(String allowed) {
        return Refusal.ofHttp(405, "this method is not allowed at this path", Map.of("Allow", allowed));
    }
}
