package dev.dunlin.connection.transport.websocket;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.ListHeader;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks a client's opening handshake (RFC 6455 sections 4.1 and 4.2.1), except its method. A
 * request that does not ask for a WebSocket, or asks for another version, gets 426 with the headers
 * to send. A malformed handshake gets 400.
 */
final class UpgradeRules {
    static final String KEY = "Sec-WebSocket-Key";
    private static final String VERSION = "13";

    private UpgradeRules() {}

    /**
     * The client's {@code Sec-WebSocket-Key}; throws {@link RefusedException} if the handshake is
     * not valid.
     */
    static String requireKey(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) { // where nothing is upgraded, RFC 9113 section 8.6
            throw new RefusedException(ErrorCode.BAD_REQUEST, "a WebSocket is asked for by HTTP/1.1");
        }
        MultiMap headers = request.headers();
        if (request.version() != HttpVersion.HTTP_1_1
                || !ListHeader.contains(headers.getAll("Upgrade"), "websocket")
                || !ListHeader.contains(headers.getAll("Connection"), "upgrade")) {
            throw required(
                    "this path is for WebSockets: Upgrade: websocket and Connection: Upgrade are required", Map.of());
        }
        if (!headers.getAll("Sec-WebSocket-Version").equals(List.of(VERSION))) {
            throw required("Sec-WebSocket-Version: must be " + VERSION, Map.of("Sec-WebSocket-Version", VERSION));
        }
        if (request.authority() == null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "Host: is required");
        }
        if (hasBody(headers)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "Content-Length: a handshake has no body");
        }
        List<String> keys = headers.getAll(KEY);
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, KEY + ": must be 16 bytes in base64, once");
        }
        return keys.getFirst();
    }

    private static RefusedException required(String message, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        return RefusedException.ofHttp(426, message, headers);
    }

    private static boolean hasBody(MultiMap headers) {
        return headers.contains("Transfer-Encoding")
                || headers.getAll("Content-Length").stream().anyMatch(length -> !length.equals("0"));
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
