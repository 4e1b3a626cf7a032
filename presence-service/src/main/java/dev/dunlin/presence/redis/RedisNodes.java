package dev.dunlin.presence.redis;

import dev.dunlin.presence.owner.Nodes;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The nodes of {@code nodes}, and their leases. */
@Singleton
final class RedisNodes implements Nodes {
    /** By then what a node left is swept. */
    private static final Duration REGISTERED = Duration.ofHours(1);

    private final PinnedRedis redis;
    private final Clock clock;

    RedisNodes(PinnedRedis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public Set<NodeId> alive(Collection<NodeId> these) {
        long old = clock.instant().minus(REGISTERED).toEpochMilli();
        Set<NodeId> all = new HashSet<>(these);
        redis.send(List.of(
                        Request.cmd(Command.ZREMRANGEBYSCORE)
                                .arg(RedisKeys.NODES)
                                .arg("-inf")
                                .arg(old),
                        Request.cmd(Command.ZRANGE).arg(RedisKeys.NODES).arg(0).arg(-1)))
                .getLast()
                .forEach(node -> all.add(new NodeId(node.toString())));
        List<NodeId> asked = List.copyOf(all);
        List<Response> leases = redis.send(asked.stream()
                .map(node -> Request.cmd(Command.EXISTS).arg(RedisKeys.nodeLease(node)))
                .toList());
        List<NodeId> alive = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (leases.get(i).toInteger() == 1) {
                alive.add(asked.get(i));
            }
        }
        return Set.copyOf(alive);
    }
}
