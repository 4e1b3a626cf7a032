package dev.dunlin.localstack.gateway;

import dev.dunlin.localstack.gateway.PushMessages.Message;
import dev.dunlin.localstack.gateway.PushMessages.State;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A Web Push service (RFC 8030) for browsers that cannot reach one of their own, and what is sent
 * to it and to {@link DevHook}:
 *
 * <ul>
 *   <li>{@code PUT /dev/push/ID} subscribes, {@code DELETE} ends it for good.
 *   <li>{@code GET /dev/push/ID/events} subscribes and delivers, as server-sent events {@code push}
 *       whose data is the body in base64url.
 *   <li>{@code POST /dev/push/ID} is the endpoint to register with push-service.
 *   <li>{@code GET /dev/push/log}: a {@link PushLog.Entry} for each request, as events
 *       {@code sent}.
 * </ul>
 *
 * The page chooses the id, which is as secret as an endpoint. Thread-safe. Nothing is kept after
 * the gateway ends.
 */
final class DevPush {
    static final String PREFIX = "/dev/push/";

    private static final String EVENTS = "/events";
    private static final int MOST_BYTES = 4_096; // what every push service accepts, RFC 8030 section 7.2
    private static final Set<String> URGENCIES = Set.of("very-low", "low", "normal", "high");

    private final PushMessages messages;
    private final PushLog log;
    private final PushSignatures signatures;
    private final Clock clock;

    DevPush(PushLog log, Clock clock) {
        this.messages = new PushMessages(clock);
        this.log = log;
        this.signatures = new PushSignatures(clock);
        this.clock = clock;
    }

    void handle(HttpServerRequest request) {
        String rest = request.path().substring(PREFIX.length());
        boolean isStream = rest.endsWith(EVENTS);
        String id = isStream ? rest.substring(0, rest.length() - EVENTS.length()) : rest;
        String method = request.method().name();
        HttpServerResponse response = request.response();
        if (!DevRequests.isOwnUser(request)) {
            DevRequests.refuseOthers(response);
        } else if (rest.equals("log")) {
            if (method.equals("GET")) {
                followLog(request);
            } else {
                Problems.wrongMethod(response, "GET");
            }
        } else if (!DevRequests.isId(id)) {
            Problems.send(response, ErrorCode.BAD_REQUEST, DevRequests.ID_RULE);
        } else if (isStream) {
            if (method.equals("GET")) {
                listen(request, id);
            } else {
                Problems.wrongMethod(response, "GET");
            }
        } else {
            switch (method) {
                case "POST" -> DevRequests.body(request, MOST_BYTES, body -> push(request, id, body));
                case "PUT" -> answer(messages.subscribe(id), response);
                case "DELETE" -> answer(messages.remove(id), response);
                default -> Problems.wrongMethod(response, "POST, PUT, DELETE");
            }
        }
    }

    private void followLog(HttpServerRequest request) {
        AtomicReference<@Nullable EventStream> stream = new AtomicReference<>();
        stream.set(EventStream.open(
                request, () -> Optional.ofNullable(stream.get()).ifPresent(log::leave)));
        Optional.ofNullable(stream.get()).ifPresent(log::follow);
    }

    private void listen(HttpServerRequest request, String id) {
        State state = messages.subscribe(id);
        if (state != State.THERE) {
            answer(state, request.response());
            return;
        }
        AtomicReference<@Nullable EventStream> stream = new AtomicReference<>();
        stream.set(EventStream.open(
                request, () -> Optional.ofNullable(stream.get()).ifPresent(left -> messages.leave(id, left))));
        Optional.ofNullable(stream.get()).ifPresent(opened -> messages.listen(id, opened));
    }

    private void push(HttpServerRequest request, String id, Buffer body) {
        HttpServerResponse response = request.response();
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        Boolean signed = authorization == null
                ? null
                : (Boolean) signatures.isVapid(authorization, "http://" + String.valueOf(request.authority()));
        State state = messages.find(id);
        if (state != State.THERE) {
            answer(state, response);
        } else if (Boolean.FALSE.equals(signed)) {
            Problems.send(response, ErrorCode.FORBIDDEN, "Authorization: must be a valid VAPID token (RFC 8292)");
        } else {
            try {
                Message message = message(request, body);
                long number = messages.accept(id, message);
                response.putHeader("TTL", Long.toString(message.ttl()))
                        .putHeader(HttpHeaders.LOCATION, PREFIX + id + "/" + number)
                        .setStatusCode(201)
                        .end();
            } catch (InvalidInput e) {
                Problems.send(response, e.code(), String.valueOf(e.getMessage()));
            }
        }
        log.add(new PushLog.Entry(
                clock.millis(),
                "webpush",
                id,
                response.getStatusCode(),
                body.length(),
                request.getHeader("Urgency"),
                request.getHeader("Topic"),
                seconds(request.getHeader("TTL")),
                signed,
                null));
    }

    private static Message message(HttpServerRequest request, Buffer body) throws InvalidInput {
        Long ttl = seconds(request.getHeader("TTL"));
        if (ttl == null) {
            throw new InvalidInput(
                    ErrorCode.BAD_REQUEST, "TTL: is required, in seconds from 0 to 999999999 (RFC 8030 section 5.2)");
        }
        Optional<String> topic = Optional.ofNullable(request.getHeader("Topic"));
        if (topic.isPresent() && !topic.get().matches("[A-Za-z0-9_-]{1,32}")) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "Topic: must be 1 to 32 of [A-Za-z0-9_-]");
        }
        String urgency = request.getHeader("Urgency");
        if (urgency != null && !URGENCIES.contains(urgency)) {
            throw new InvalidInput(ErrorCode.BAD_REQUEST, "Urgency: must be very-low, low, normal or high");
        }
        return new Message(Base64.getUrlEncoder().withoutPadding().encodeToString(body.getBytes()), ttl, topic);
    }

    private static @Nullable Long seconds(@Nullable String header) {
        return header != null && header.matches("[0-9]{1,9}") ? Long.valueOf(header) : null;
    }

    private static void answer(State state, HttpServerResponse response) {
        switch (state) {
            case THERE -> response.setStatusCode(204).end();
            case UNKNOWN -> Problems.send(response, ErrorCode.NOT_FOUND, "there is no such subscription");
            case GONE -> Problems.gone(response, "this subscription was removed");
            case FULL ->
                Problems.send(
                        response,
                        ErrorCode.OVERLOADED,
                        "there are " + PushMessages.MOST_SUBSCRIPTIONS + " subscriptions; close some pages");
        }
    }
}
