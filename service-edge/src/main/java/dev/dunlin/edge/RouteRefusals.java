package dev.dunlin.edge;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/**
 * Problem documents for what is not a REST resource: filters, streams, WebSockets. On the request's
 * event loop.
 */
public final class RouteRefusals {
    private RouteRefusals() {}

    /** Sends the problem document; does nothing if the request is answered or closed. */
    public static void answer(HttpServerResponse response, RefusedException refusal) {
        if (response.closed() || response.ended()) {
            return;
        }
        Problem problem = refusal.problem();
        response.setStatusCode(problem.status());
        refusal.headers().forEach(response::putHeader);
        var unused = response.end(Buffer.buffer(Json.write(problem)));
    }

    /**
     * Whether a request is a {@code GET}. It answers any other one: {@code OPTIONS} with 204, the
     * rest with 405, both with {@code Allow}.
     */
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

    static RefusedException wrongMethod(String allowed) {
        return RefusedException.ofHttp(405, "this method is not allowed at this path", Map.of("Allow", allowed));
    }
}
