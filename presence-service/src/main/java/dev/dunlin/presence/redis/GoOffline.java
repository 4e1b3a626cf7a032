package dev.dunlin.presence.redis;

import dev.dunlin.protocol.UserId;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;

/** Calls {@code go_offline.lua}: the grace of a user is over. */
final class GoOffline {
    static final Script SCRIPT = Script.of("go_offline");

    /** The result of the script; its header explains each value. */
    enum Outcome {
        NOT_DUE,
        OFFLINE;

        static Outcome of(Response response) {
            return switch (response.toString()) {
                case "not_due" -> NOT_DUE;
                case "offline" -> OFFLINE;
                default -> throw new IllegalStateException("go_offline.lua returned " + response);
            };
        }
    }

    private GoOffline() {}

    static Request request(UserId user, Instant now) {
        return SCRIPT.call(List.of(Keys.status(user), Keys.DUE, Keys.SEEN, Keys.ONLINE), user, now.toEpochMilli());
    }
}
