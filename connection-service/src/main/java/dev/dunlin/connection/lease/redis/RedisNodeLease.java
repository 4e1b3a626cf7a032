package dev.dunlin.connection.lease.redis;

import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * The string {@code node:{id of the run}}, which expires, and the place of the run in
 * {@link RedisKeys#NODES}. They are in different slots of Redis Cluster, so each has its command.
 */
public final class RedisNodeLease implements NodeLease {
    private static final Logger LOG = Logger.getLogger(RedisNodeLease.class);

    private final Redis redis;
    private final InstantSource clock;
    private final String node;
    private final String key;

    public RedisNodeLease(Redis redis, NodeLife life, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
        this.node = life.id().value();
        this.key = RedisKeys.nodeLease(life.id());
    }

    @Override
    public CompletionStage<Boolean> renew(Duration ttl) {
        Request set = Request.cmd(Command.SET).arg(key).arg("alive").arg("PX").arg(ttl.toMillis());
        return redis.send(set.arg("GET"))
                .map(Objects::nonNull)
                .compose(held -> list().map(held))
                .toCompletionStage();
    }

    /** The lease holds without it, and the next renewal tries again. */
    private Future<Void> list() {
        return redis.send(Request.cmd(Command.ZADD)
                        .arg(RedisKeys.NODES)
                        .arg(clock.millis())
                        .arg(node))
                .<Void>mapEmpty()
                .otherwise(failure -> {
                    LOG.warnf("The node could not be listed in %s: %s", RedisKeys.NODES, failure);
                    return null;
                });
    }

    @Override
    public CompletionStage<Void> release() {
        Future<?> deleted = redis.send(Request.cmd(Command.DEL).arg(key));
        Future<?> unlisted =
                redis.send(Request.cmd(Command.ZREM).arg(RedisKeys.NODES).arg(node));
        return Future.join(deleted, unlisted).<Void>mapEmpty().toCompletionStage();
    }
}
