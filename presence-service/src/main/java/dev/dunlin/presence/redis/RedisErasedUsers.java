package dev.dunlin.presence.redis;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.erasure.ErasedUsers;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.PresenceShard;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Two commands for each user; those of a batch are pipelined. The mark comes first. The shard's
 * owner deletes what the user chose.
 */
@Singleton
final class RedisErasedUsers implements ErasedUsers {
    private final PinnedRedis redis;
    private final PresenceSettings settings;
    private final Clock clock;

    RedisErasedUsers(PinnedRedis redis, PresenceSettings settings, Clock clock) {
        this.redis = redis;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void forget(List<UserId> users) {
        long until = clock.instant().plus(settings.tombstone()).toEpochMilli();
        List<Request> requests = new ArrayList<>();
        for (UserId user : users) {
            Keys keys = new Keys(PresenceShard.of(user));
            requests.add(Request.cmd(Command.ZADD).arg(keys.erased()).arg(until).arg(user.value()));
            requests.add(Request.cmd(Command.ZREM).arg(keys.seen()).arg(user.value()));
        }
        redis.send(requests);
    }
}
