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
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the pinned connection when Redis fails it. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
@SuppressWarnings("NullAway.Init") // fields are injected, or set before each test
class PinnedRedisIT {
    @Inject
    Vertx vertx;

    @Inject
    Redis client;

    @Inject
    RedisDataSource redis;

    private PinnedRedis pinned;

    @BeforeEach
    void connect() {
        pinned = new PinnedRedis(vertx, client);
    }

    @AfterEach
    void stop() {
        pinned.stop();
    }

    @Test
    void aConnectionThatBrokeIsOpenedAgain() {
        String id = pinned.one(Request.cmd(Command.CLIENT).arg("ID")).toString();
        redis.execute("CLIENT", "KILL", "ID", id);

        await().ignoreException(PresenceUnavailable.class)
                .until(() -> goOffline().equals("not_due"));
    }

    @Test
    void scriptsThatRedisLostAreMadeKnownAgain() {
        goOffline();
        redis.execute("SCRIPT", "FLUSH");

        assertThatThrownBy(() -> goOffline()).isInstanceOf(PresenceUnavailable.class);
        await().until(() -> goOffline().equals("not_due"));
    }

    private String goOffline() {
        return pinned.one(GoOffline.request(new UserId("nobody"), Instant.EPOCH))
                .toString();
    }
}
