package dev.dunlin.presence.redis;

import dev.dunlin.protocol.UserId;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/** Calls {@code erase_user.lua}: a user was erased. */
final class EraseUser {
    static final Script SCRIPT = Script.of("erase_user");

    /** The result of the script; its header explains each value. */
    enum Outcome {
        CONNECTED,
        GONE;

        static Outcome of(Response response) {
            return switch (response.toString()) {
                case "connected" -> CONNECTED;
                case "gone" -> GONE;
                default -> throw new IllegalStateException("erase_user.lua returned " + response);
            };
        }
    }

    private EraseUser() {}

    /** {@code remember}: how long the erasure is remembered once there are no sessions. */
    static Request request(UserId user, Duration remember) {
        return SCRIPT.call(List.of(Keys.sessions(user), Keys.SEEN, Keys.erased(user)), user, remember.toMillis());
    }
}
