package dev.dunlin.presence.redis;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.redis.EndSession.End;
import dev.dunlin.presence.redis.EndSession.Witness;
import dev.dunlin.presence.sweep.NodeLeases;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The nodes, in {@code presence:nodes}, and their leases. */
@Singleton
final class RedisNodeLeases implements NodeLeases {
    private final PinnedRedis redis;
    private final PresenceSettings settings;

    RedisNodeLeases(PinnedRedis redis, PresenceSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    @Override
    public List<NodeId> nodes() {
        return StreamSupport.stream(
                        redis.one(Request.cmd(Command.ZRANGE)
                                        .arg(Keys.NODES)
                                        .arg(0)
                                        .arg(-1))
                                .spliterator(),
                        false)
                .map(node -> new NodeId(node.toString()))
                .toList();
    }

    @Override
    public NodeState check(NodeId node, Instant now, Duration margin) {
        return CheckNode.outcome(redis.one(CheckNode.request(node, now, margin)));
    }

    @Override
    public Swept sweep(NodeId node, Instant ended, int limit) {
        Response members =
                redis.one(Request.cmd(Command.SRANDMEMBER).arg(Keys.node(node)).arg(limit));
        List<EndSession.Outcome> outcomes = redis
                .send(StreamSupport.stream(members.spliterator(), false)
                        .map(member -> request(node, member.toString(), ended))
                        .toList())
                .stream()
                .map(EndSession.Outcome::of)
                .toList();
        List<Status> published = outcomes.stream()
                .map(EndSession.Outcome::published)
                .flatMap(Optional::stream)
                .toList();
        int removed =
                (int) outcomes.stream().filter(EndSession.Outcome::removed).count();
        return new Swept(outcomes.size(), removed, published);
    }

    private Request request(NodeId node, String member, Instant ended) {
        String[] userAndSession = member.split(" ", 2);
        return EndSession.request(
                new End(
                        new UserId(userAndSession[0]),
                        new SessionId(userAndSession[1]),
                        node,
                        ended.toEpochMilli(),
                        Witness.SWEEP),
                ended.plus(settings.grace()),
                settings.tombstone());
    }
}
