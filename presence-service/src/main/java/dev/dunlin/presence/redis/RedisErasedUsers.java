package dev.dunlin.presence.redis;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.erasure.ErasedUsers;
import dev.dunlin.protocol.UserId;
import jakarta.inject.Singleton;
import java.util.List;

/** One script call for each user; the calls of a batch are pipelined. */
@Singleton
final class RedisErasedUsers implements ErasedUsers {
    private final PinnedRedis redis;
    private final PresenceSettings settings;

    RedisErasedUsers(PinnedRedis redis, PresenceSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    @Override
    public void forget(List<UserId> users) {
        redis.send(users.stream()
                        .map(user -> EraseUser.request(user, settings.tombstone()))
                        .toList())
                .forEach(EraseUser.Outcome::of);
    }
}
