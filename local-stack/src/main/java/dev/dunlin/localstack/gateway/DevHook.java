package dev.dunlin.localstack.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of webhooks: {@code POST /dev/hook/ID} is the URL to register with push-service. It
 * repeats the challenge of a registration, and notes what comes in the {@link PushLog}. With
 * {@code PUT /dev/hook/ID {"secret":"…"}} it checks the signatures, too. Thread-safe. Nothing is
 * kept after the gateway ends.
 */
final class DevHook {
    static final String PREFIX = "/dev/hook/";

    private static final int MOST_BYTES = 256 * 1_024;
    private static final int MOST_SECRETS = 1_000;
    private static final int MOST_SECRET_BYTES = 256;
    private static final String CHALLENGE = "challenge";

    private final PushLog log;
    private final PushSignatures signatures;
    private final Clock clock;
    private final Map<String, String> secrets = new LinkedHashMap<>();

    DevHook(PushLog log, Clock clock) {
        this.log = log;
        this.signatures = new PushSignatures(clock);
        this.clock = clock;
    }

    /** The secret that a webhook is signed with. */
    record Hook(String secret) {
        Hook {
            Check.required("secret", secret);
            if (secret.isEmpty() || secret.length() > MOST_SECRET_BYTES) {
                throw new IllegalArgumentException("secret: must be 1 to " + MOST_SECRET_BYTES + " characters");
            }
        }
    }

    void handle(HttpServerRequest request) {
        String id = request.path().substring(PREFIX.length());
        HttpServerResponse response = request.response();
        if (!DevRequests.isOwnUser(request)) {
            DevRequests.refuseOthers(response);
        } else if (!DevRequests.isId(id)) {
            Problems.send(response, ErrorCode.BAD_REQUEST, DevRequests.ID_RULE);
        } else {
            switch (request.method().name()) {
                case "POST" -> DevRequests.body(request, MOST_BYTES, body -> receive(request, id, body));
                case "PUT" -> DevRequests.body(request, MOST_BYTES, body -> keep(id, body, response));
                default -> Problems.wrongMethod(response, "POST, PUT");
            }
        }
    }

    private void keep(String id, Buffer body, HttpServerResponse response) {
        try {
            keep(id, Json.read(body.getBytes(), Hook.class).secret());
            response.setStatusCode(204).end();
        } catch (InvalidInput e) {
            Problems.send(response, e.code(), String.valueOf(e.getMessage()));
        }
    }

    private synchronized void keep(String id, String secret) {
        secrets.put(id, secret);
        if (secrets.size() > MOST_SECRETS) {
            secrets.remove(secrets.keySet().iterator().next());
        }
    }

    private synchronized @Nullable String secret(String id) {
        return secrets.get(id);
    }

    private void receive(HttpServerRequest request, String id, Buffer body) {
        HttpServerResponse response = request.response();
        JsonNode json;
        try {
            json = Json.parse(body.getBytes());
        } catch (InvalidInput e) {
            Problems.send(response, e.code(), String.valueOf(e.getMessage()));
            return;
        }
        String secret = secret(id);
        Boolean signed = secret == null
                ? null
                : (Boolean) signatures.isOfWebhook(request.getHeader("Dunlin-Signature"), secret, body.getBytes());
        if (Boolean.FALSE.equals(signed)) {
            Problems.send(response, ErrorCode.FORBIDDEN, "Dunlin-Signature: is not that of the secret and the body");
        } else if (json.path("type").asText().equals(CHALLENGE)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(Buffer.buffer(Json.write(Map.of(CHALLENGE, json.path(CHALLENGE)))));
        } else {
            response.setStatusCode(204).end();
        }
        log.add(new PushLog.Entry(
                clock.millis(),
                "webhook",
                id,
                response.getStatusCode(),
                body.length(),
                null,
                null,
                null,
                signed,
                json));
    }
}
