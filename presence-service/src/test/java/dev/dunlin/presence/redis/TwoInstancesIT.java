package dev.dunlin.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.presence.HandClock;
import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.Watch;
import dev.dunlin.presence.http.MessageServicePeer;
import dev.dunlin.presence.sweep.GraceLedger;
import dev.dunlin.presence.sweep.NodeLeases;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two instances of the service sweep at the same time, each over a connection of its own. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class TwoInstancesIT {
    private static final int SESSIONS = 200;
    private static final Executor VIRTUAL = Thread::startVirtualThread;

    @Inject
    Vertx vertx;

    @Inject
    Redis client;

    @Inject
    RedisDataSource redis;

    @Inject
    PresenceSettings settings;

    @Inject
    HandClock clock;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final NodeId node = new NodeId("node-" + suffix);

    @Test
    void eachSessionIsSweptOnceAndEachUserGoesOfflineOnce() {
        PinnedRedis one = new PinnedRedis(vertx, client);
        PinnedRedis other = new PinnedRedis(vertx, client);
        Instant now = clock.instant();
        new RedisSessionDirectory(one, settings)
                .apply(
                        IntStream.range(0, SESSIONS)
                                .mapToObj(i -> new SessionEvent(
                                        SessionEvent.Kind.STARTED,
                                        new SessionId("s-" + i),
                                        user(i),
                                        node,
                                        now.toEpochMilli()))
                                .toList(),
                        now);
        try (Watch watch = new Watch(redis, user(7))) {
            CompletableFuture<NodeLeases.Swept> swept = CompletableFuture.supplyAsync(() -> sweep(one, now), VIRTUAL);
            CompletableFuture<NodeLeases.Swept> sweptToo =
                    CompletableFuture.supplyAsync(() -> sweep(other, now), VIRTUAL);
            assertThat(swept.join().ended() + sweptToo.join().ended()).isEqualTo(SESSIONS);

            Instant due = now.plus(settings.grace()).plus(Duration.ofMillis(1));
            CompletableFuture<GraceLedger.Outcome> expired =
                    CompletableFuture.supplyAsync(() -> new RedisGraceLedger(one).expire(due, 10 * SESSIONS), VIRTUAL);
            CompletableFuture<GraceLedger.Outcome> expiredToo = CompletableFuture.supplyAsync(
                    () -> new RedisGraceLedger(other).expire(due, 10 * SESSIONS), VIRTUAL);
            assertThat(expired.join().offline() + expiredToo.join().offline()).isGreaterThanOrEqualTo(SESSIONS);

            one.send(List.of(new RedisPublish(user(7)).marker()));
            await().until(() -> watch.changes().contains(RedisPublish.MARKER));
            assertThat(watch.changes())
                    .containsExactly(
                            new UserPresence(user(7), Status.OFFLINE, now.toEpochMilli()), RedisPublish.MARKER);
        } finally {
            one.stop();
            other.stop();
        }
    }

    private NodeLeases.Swept sweep(PinnedRedis redisOfOne, Instant since) {
        return new RedisNodeLeases(redisOfOne, settings).sweep(node, since, 10 * SESSIONS);
    }

    private UserId user(int i) {
        return new UserId("u" + i + "-" + suffix);
    }
}
