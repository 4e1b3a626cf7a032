package dev.dunlin.presence.redis;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.RedisKeys;
import dev.dunlin.protocol.frame.Status;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Calls {@code end_session.lua}: a session ended, as its node announced or because the node died.
 */
final class EndSession {
    static final Script SCRIPT = Script.of("end_session");

    /** The result of the script; its header explains each value. */
    enum Outcome {
        LEASED,
        UNKNOWN,
        KEPT,
        GRACE,
        ONLINE,
        AWAY;

        static Outcome of(Response response) {
            return switch (response.toString()) {
                case "leased" -> LEASED;
                case "unknown" -> UNKNOWN;
                case "kept" -> KEPT;
                case "grace" -> GRACE;
                case "online" -> ONLINE;
                case "away" -> AWAY;
                default -> throw new IllegalStateException("end_session.lua returned " + response);
            };
        }

        boolean removed() {
            return switch (this) {
                case LEASED, UNKNOWN -> false;
                case KEPT, GRACE, ONLINE, AWAY -> true;
            };
        }

        Optional<Status> published() {
            return switch (this) {
                case LEASED, UNKNOWN, KEPT, GRACE -> Optional.empty();
                case ONLINE -> Optional.of(Status.ONLINE);
                case AWAY -> Optional.of(Status.AWAY);
            };
        }
    }

    /** What is known to have ended the session. */
    enum Witness {
        NODE("ended"),
        SWEEP("swept");

        private final String argument;

        Witness(String argument) {
            this.argument = argument;
        }
    }

    /** Which session ended, and when. */
    record End(UserId user, SessionId session, NodeId node, long at, Witness witness) {}

    private EndSession() {}

    /**
     * {@code due}: when the grace will be over. {@code remember}: how long the end is remembered.
     */
    static Request request(End end, Instant due, Duration remember) {
        return SCRIPT.call(
                List.of(
                        Keys.sessions(end.user()),
                        Keys.status(end.user()),
                        Keys.node(end.node()),
                        Keys.DUE,
                        Keys.SEEN,
                        Keys.ended(end.node(), end.session()),
                        RedisKeys.nodeLease(end.node()),
                        Keys.erased(end.user())),
                end.user(),
                end.session(),
                end.node(),
                end.at(),
                due.toEpochMilli(),
                remember.toMillis(),
                end.witness().argument);
    }
}
