package dev.dunlin.connection.lease.redis;

import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The string {@code node:{id of the run}}, which expires. */
public final class RedisNodeLease implements NodeLease {
    private final Redis redis;
    private final String key;

    public RedisNodeLease(Redis redis, NodeLife life) {
        this.redis = redis;
        this.key = RedisKeys.nodeLease(life.id());
    }

    @Override
    public CompletionStage<Boolean> renew(Duration ttl) {
        Request set = Request.cmd(Command.SET).arg(key).arg("alive").arg("PX").arg(ttl.toMillis());
        return redis.send(set.arg("GET")).map(Objects::nonNull).toCompletionStage();
    }

    @Override
    public CompletionStage<Void> release() {
        return redis.send(Request.cmd(Command.DEL).arg(key)).<Void>mapEmpty().toCompletionStage();
    }
}
