package dev.dunlin.message.redis;

import dev.dunlin.message.purge.Farewell;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannels;
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

/** Publishes on {@code user:} by the client's pool: this is rare. What is lost, a node finds out when the session next asks for the channel. */
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
        List<Request> requests = users.stream()
                .map(user -> Request.cmd(Command.PUBLISH)
                        .arg(BusChannels.ofUser(user))
                        .arg(notice))
                .toList();
        try {
            var unused = redis.batch(requests)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warnf("the bus lost %d notices of members who left %s: %s", (Object) users.size(), channel, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
