package dev.dunlin.presence.redis;

import dev.dunlin.presence.channel.ChannelParts;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads {@link RedisKeys#channelParts} and {@link RedisKeys#channelPart}, which connection-service
 * writes. Parts of nodes without a lease do not count; their own process or another node removes
 * them.
 */
@Singleton
final class RedisChannelParts implements ChannelParts {
    private static final Logger LOG = Logger.getLogger(RedisChannelParts.class);

    private final PinnedRedis redis;

    RedisChannelParts(PinnedRedis redis) {
        this.redis = redis;
    }

    @Override
    public List<PartUser> users(ChannelName channel) {
        List<PartUser> users = new ArrayList<>();
        ofEach(channel, alive(channel).keySet(), Command.HVALS).forEach(value -> {
            try {
                users.add(Json.read(value.toBytes(), PartUser.class));
            } catch (InvalidInput e) {
                LOG.warnf("A part of %s holds what is no user: %s", channel, e.getMessage());
            }
        });
        return users;
    }

    @Override
    public Counts counts(ChannelName channel) {
        Map<NodeId, PartHead> alive = alive(channel);
        Set<UserId> named = new HashSet<>();
        ofEach(channel, alive.keySet(), Command.HKEYS).forEach(id -> named.add(new UserId(id.toString())));
        return new Counts(List.copyOf(alive.values()), named);
    }

    private Stream<Response> ofEach(ChannelName channel, Set<NodeId> lives, Command command) {
        return redis
                .send(lives.stream()
                        .map(life -> Request.cmd(command).arg(RedisKeys.channelPart(channel, life)))
                        .toList())
                .stream()
                .flatMap(Response::stream);
    }

    private Map<NodeId, PartHead> alive(ChannelName channel) {
        Response heads = redis.one(Request.cmd(Command.HGETALL).arg(RedisKeys.channelParts(channel)));
        List<String> lives = List.copyOf(heads.getKeys());
        List<Response> leases = redis.send(lives.stream()
                .map(life -> Request.cmd(Command.EXISTS).arg(RedisKeys.nodeLease(new NodeId(life))))
                .toList());
        Map<NodeId, PartHead> alive = new HashMap<>();
        for (int i = 0; i < lives.size(); i++) {
            NodeId life = new NodeId(lives.get(i));
            if (leases.get(i).toInteger() == 1) {
                PartHead.read(heads.get(lives.get(i)).toString()).ifPresent(head -> alive.put(life, head));
            }
        }
        return alive;
    }
}
