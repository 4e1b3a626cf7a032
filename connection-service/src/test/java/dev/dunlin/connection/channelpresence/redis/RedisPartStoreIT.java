package dev.dunlin.connection.channelpresence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.channelpresence.PartStore;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.OwnRedis;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store over one Redis. */
@BesideQuarkus
@Timeout(60)
@SuppressWarnings("NullAway.Init") // start() sets the field
class RedisPartStoreIT extends PartsOverRedis {
    private OwnRedis engine;

    @BeforeEach
    void start() throws Exception {
        engine = OwnRedis.start();
        open(Redis.createClient(vertx(), engine.uri()));
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
    }

    @Test
    void keysExpireUnlessTheirOwnerExtendsTheirLife() {
        ChannelName room = new ChannelName("room:ttl");
        NodeId life = new NodeId("one.1");
        UserId user = new UserId("a");
        boolean written = await(store().write(
                        room,
                        life,
                        new PartStore.Change(
                                new PartHead(1, 1, 1),
                                null,
                                Map.of(user, Optional.of(new PartUser(user, 1, 0, null, 0, null))))));
        assertThat(written).isTrue();
        for (String key : new String[] {RedisKeys.channelParts(room), RedisKeys.channelPart(room, life)}) {
            assertThat(send(Request.cmd(Command.PTTL).arg(key))).isPositive();
            assertThat(send(Request.cmd(Command.PEXPIRE).arg(key).arg(60_000))).isEqualTo(1);
        }

        assertThat(await(store().touch(room, life))).contains(1L);
        for (String key : new String[] {RedisKeys.channelParts(room), RedisKeys.channelPart(room, life)}) {
            assertThat(send(Request.cmd(Command.PTTL).arg(key))).isGreaterThan(60_000);
        }
    }
}
