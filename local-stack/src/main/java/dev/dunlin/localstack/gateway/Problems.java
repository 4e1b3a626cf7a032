package dev.dunlin.localstack.gateway;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The gateway's own refusals, as RFC 9457 problem documents. */
final class Problems {
    private Problems() {}

    /** Sends 405 with the methods that the path allows. */
    static void wrongMethod(HttpServerResponse response, String allowed) {
        response.putHeader(HttpHeaders.ALLOW, allowed);
        send(
                response,
                new Problem(
                        "about:blank",
                        "Method Not Allowed",
                        405,
                        "this method is not allowed at this path",
                        ErrorCode.BAD_REQUEST,
                        false));
    }

    /** Sends 410: it was there and does not come back. */
    static void gone(HttpServerResponse response, String detail) {
        send(response, new Problem("about:blank", "Gone", 410, detail, ErrorCode.NOT_FOUND, false));
    }

    static void send(HttpServerResponse response, ErrorCode code, String detail) {
        if (response.headWritten() || response.ended() || response.closed()) {
            response.reset();
            return;
        }
        if (code == ErrorCode.UNAVAILABLE) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        send(response, Problem.of(code, detail));
    }

    private static void send(HttpServerResponse response, Problem problem) {
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(Json.write(problem)));
    }
}
