package dev.dunlin.presence.redis;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * A change that no service publishes: what is seen of a user before it is all that was published
 * before.
 */
record RedisPublish(UserId user) {
    static final UserPresence MARKER = new UserPresence(new UserId("marker"), Status.OFFLINE, null);

    Request marker() {
        return Request.cmd(Command.PUBLISH)
                .arg(BusChannel.ofPresence(user).name())
                .arg(new String(Json.write(MARKER), java.nio.charset.StandardCharsets.UTF_8));
    }
}
