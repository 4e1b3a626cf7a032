package dev.dunlin.localstack.gateway;

import dev.dunlin.localstack.gateway.DevExample.Answer;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * What all of {@code /dev/…} has in common. A request is one of a user of this machine: from a
 * loopback address, to a loopback name, and without a proxy. A page that asks comes from this
 * machine too, from any port.
 */
final class DevRequests {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> FORWARDING =
            Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip");
    private static final int MAX_BODY_BYTES = 1_024;

    /** What {@link #isId} allows. */
    static final String ID_RULE = "id: must be 16 to 64 of [A-Za-z0-9_-]";

    private DevRequests() {}

    /** Sends what {@code answer} makes of the body. */
    static void answer(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (isPreflight(request) && isOwnUser(request)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type")
                    .setStatusCode(204)
                    .end();
        } else if (!request.method().equals(HttpMethod.POST)) {
            Problems.wrongMethod(response, "POST");
        } else if (!isOwnUser(request)) {
            refuseOthers(response);
        } else {
            body(request, MAX_BODY_BYTES, body -> send(body, answer, response));
        }
    }

    /** Refuses a request that does not come from {@link #isOwnUser}. */
    static void refuseOthers(HttpServerResponse response) {
        Problems.send(response, ErrorCode.FORBIDDEN, "only pages and programs of this machine may ask this");
    }

    /** Reads the body and gives it on; a longer one is refused with 413. */
    static void body(HttpServerRequest request, int mostBytes, Handler<Buffer> received) {
        if (length(request) > mostBytes) {
            Problems.send(request.response(), ErrorCode.TOO_LARGE, "at most " + mostBytes + " bytes");
        } else {
            request.body().onSuccess(received);
        }
    }

    /** Whether it may name a subscription or a webhook of the local stack. */
    static boolean isId(String text) {
        return text.matches("[A-Za-z0-9_-]{16,64}");
    }

    private static void send(Buffer body, Answer answer, HttpServerResponse response) {
        try {
            byte[] json = Json.write(answer.to(body.getBytes()));
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(Buffer.buffer(json));
        } catch (InvalidInput e) {
            Problems.send(response, e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Whether a page or a program of this machine asks. */
    static boolean isOwnUser(HttpServerRequest request) {
        String host = request.authority() == null ? "" : request.authority().toString();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return isLoopback(request.remoteAddress().hostAddress())
                && LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", ""))
                && (origin == null || AnswerHeaders.isLocal(origin))
                && !isForwarded(request);
    }

    /** Behind a proxy on this machine, requests from everywhere come from a loopback address. */
    private static boolean isForwarded(HttpServerRequest request) {
        return request.headers().names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.startsWith("x-forwarded-") || FORWARDING.contains(name));
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
