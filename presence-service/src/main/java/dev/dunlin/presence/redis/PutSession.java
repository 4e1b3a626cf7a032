package dev.dunlin.presence.redis;

import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Calls {@code put_session.lua}: a session started, or its user became away or active. */
final class PutSession {
    static final Script SCRIPT = Script.of("put_session");

    /** The result of the script; its header explains each value. */
    enum Outcome {
        STALE,
        KEPT,
        ONLINE,
        AWAY;

        static Outcome of(Response response) {
            return switch (response.toString()) {
                case "stale" -> STALE;
                case "kept" -> KEPT;
                case "online" -> ONLINE;
                case "away" -> AWAY;
                default -> throw new IllegalStateException("put_session.lua returned " + response);
            };
        }

        Optional<Status> published() {
            return switch (this) {
                case STALE, KEPT -> Optional.empty();
                case ONLINE -> Optional.of(Status.ONLINE);
                case AWAY -> Optional.of(Status.AWAY);
            };
        }
    }

    private PutSession() {}

    /** {@code what}: {@code start}, {@code online} or {@code away}. */
    static Request request(SessionEvent event, String what, Instant now) {
        return SCRIPT.call(
                List.of(
                        Keys.sessions(event.user()),
                        Keys.status(event.user()),
                        Keys.node(event.node()),
                        Keys.NODES,
                        Keys.DUE,
                        Keys.ended(event.node(), event.session()),
                        Keys.ONLINE),
                event.user(),
                event.session(),
                event.node(),
                what,
                event.at(),
                now.toEpochMilli());
    }
}
