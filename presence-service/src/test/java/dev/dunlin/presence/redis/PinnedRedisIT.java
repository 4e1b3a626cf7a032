package dev.dunlin.presence.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.http.MessageServicePeer;
import dev.dunlin.protocol.UserId;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What becomes of the pinned connection when Redis fails it. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class PinnedRedisIT {
    @Inject
    Redis client;

    @Inject
    RedisDataSource redis;

    @Test
    void aConnectionThatBrokeIsOpenedAgain() {
        PinnedRedis pinned = new PinnedRedis(client);
        String id = pinned.one(Request.cmd(Command.CLIENT).arg("ID")).toString();
        redis.execute("CLIENT", "KILL", "ID", id);

        await().ignoreException(PresenceUnavailable.class)
                .until(() -> goOffline(pinned).equals("not_due"));
    }

    @Test
    void scriptsThatRedisLostAreMadeKnownAgain() {
        PinnedRedis pinned = new PinnedRedis(client);
        goOffline(pinned);
        redis.execute("SCRIPT", "FLUSH");

        assertThatThrownBy(() -> goOffline(pinned)).isInstanceOf(PresenceUnavailable.class);
        await().until(() -> goOffline(pinned).equals("not_due"));
    }

    private static String goOffline(PinnedRedis pinned) {
        return pinned.one(GoOffline.request(new UserId("nobody"), Instant.EPOCH))
                .toString();
    }
}
