package dev.dunlin.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.SessionProducer;
import dev.dunlin.presence.owner.ShardStore;
import dev.dunlin.presence.owner.StoreContract;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.RedisKeys;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.SessionEvent.Kind;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The owner over a Redis: what it does over memory, it does there. */
@SuppressWarnings("NullAway.Init") // fields are injected
abstract class OwnerOverRedis {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ShardStore store;

    @Inject
    StatusBoard statuses;

    @Inject
    RedisDataSource redis;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void whateverIsLostTheStatusesBecomeThoseOfTheOpenLinks() {
        StoreContract.converges(() -> new LossyRedis(store, redis));
    }

    @Test
    void ofMoreUsersThanAreRememberedThoseWhoWereSeenLastAre() {
        StoreContract.remembersWhoWasSeenLast(new LossyRedis(store, redis));
    }

    @Test
    void aUserOfEachOfManyShardsComesAndBecomesAway() {
        await().atMost(PATIENCE)
                .until(() -> IntStream.range(0, 200)
                        .mapToObj(i -> new UserId("u" + i))
                        .allMatch(
                                user -> statuses.find(List.of(user)).getFirst().known()));
        NodeId node = new NodeId("node-" + UUID.randomUUID());
        redis.value(String.class).setex(RedisKeys.nodeLease(node), 300, "alive");
        List<UserId> users = IntStream.range(0, 100)
                .mapToObj(i -> new UserId("u" + i + "-" + UUID.randomUUID()))
                .toList();
        try (SessionProducer sessions = new SessionProducer(kafka)) {
            long at = System.currentTimeMillis();
            users.forEach(user -> sessions.send(Kind.STARTED, user, session(user), node, Instant.ofEpochMilli(at)));
            awaitAll(users, Status.ONLINE);
            interrupt();
            users.forEach(user -> sessions.send(Kind.AWAY, user, session(user), node, Instant.ofEpochMilli(at + 1)));
            awaitAll(users, Status.AWAY);
        }
    }

    /** What happens to Redis between the two. */
    void interrupt() {}

    private static SessionId session(UserId user) {
        return new SessionId(user.value());
    }

    private void awaitAll(List<UserId> users, Status status) {
        await().atMost(PATIENCE)
                .ignoreException(PresenceUnavailable.class)
                .untilAsserted(() -> assertThat(statuses.find(users))
                        .extracting(user -> user.real(Instant.now()).status())
                        .containsOnly(status));
    }
}
