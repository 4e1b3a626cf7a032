package dev.dunlin.connection.lease.redis;

import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The string {@code node:{node}}, which expires. */
public final class RedisNodeLease implements NodeLease {
    private final Redis redis;
    private final String key;

    public RedisNodeLease(Redis redis, NodeId node) {
        this.redis = redis;
        this.key = RedisKeys.nodeLease(node);
    }

    @Override
    public CompletionStage<Void> renew(Duration ttl) {
        return done(Request.cmd(Command.SET).arg(key).arg("alive").arg("PX").arg(ttl.toMillis()));
    }

    @Override
    public CompletionStage<Void> release() {
        return done(Request.cmd(Command.DEL).arg(key));
    }

    private CompletionStage<Void> done(Request request) {
        return redis.send(request).<Void>mapEmpty().toCompletionStage();
    }
}
