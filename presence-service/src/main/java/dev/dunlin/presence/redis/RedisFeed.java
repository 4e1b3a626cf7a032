package dev.dunlin.presence.redis;

import dev.dunlin.presence.owner.Feed;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.bus.SessionsWanted;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Publishes on the bus, in JSON. */
@Singleton
final class RedisFeed implements Feed {
    private final PinnedRedis redis;

    RedisFeed(PinnedRedis redis) {
        this.redis = redis;
    }

    @Override
    public void publish(Map<Integer, PresenceBatch> batches) {
        redis.send(batches.entrySet().stream()
                .map(batch -> publication(BusChannel.ofPresence(batch.getKey()), batch.getValue()))
                .toList());
    }

    @Override
    public void ask(SessionsWanted wanted) {
        redis.send(List.of(publication(BusChannel.SESSIONS_WANTED, wanted)));
    }

    private static Request publication(BusChannel channel, Object value) {
        return Request.cmd(Command.PUBLISH).arg(channel.name()).arg(Buffer.buffer(Json.write(value)));
    }
}
