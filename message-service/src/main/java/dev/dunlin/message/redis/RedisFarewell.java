package dev.dunlin.message.redis;

import dev.dunlin.message.purge.Farewell;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.UserNotice;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Publishes on {@code user:} over the client's pool, since this is rare. Nodes recover from a lost
 * notice when they next check access.
 */
public final class RedisFarewell implements Farewell {
    private static final Logger LOG = Logger.getLogger(RedisFarewell.class);

    private final Redis redis;
    private final Duration timeout;

    public RedisFarewell(Redis redis, Duration timeout) {
        this.redis = redis;
        this.timeout = timeout;
    }

    @Override
    public void left(ChannelName channel, List<UserId> users) {
        Buffer notice = Buffer.buffer(Json.write(new UserNotice.Left(channel)));
        publish(users.stream().map(user -> to(user, notice)).toList(), channel.value());
    }

    @Override
    public void membershipsChanged(UserId user) {
        publish(List.of(to(user, Buffer.buffer(Json.write(new UserNotice.MembershipsChanged())))), user.value());
    }

    private static Request to(UserId user, Buffer notice) {
        return Request.cmd(Command.PUBLISH).arg(BusChannel.ofUser(user).name()).arg(notice);
    }

    private void publish(List<Request> requests, String about) {
        try {
            var unused = redis.batch(requests)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warnf("the bus lost %d notices of ended memberships, of %s: %s", (Object) requests.size(), about, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
