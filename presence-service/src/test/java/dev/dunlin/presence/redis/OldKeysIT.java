package dev.dunlin.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.presence.http.MessageServicePeer;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.UserId;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a release without shards left behind. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class OldKeysIT {
    @Inject
    OldKeys old;

    @Inject
    StatusBoard statuses;

    @Inject
    RedisDataSource redis;

    private final UserId alice = new UserId("alice-" + UUID.randomUUID());

    @Test
    void whenUsersWereLastSeenIsTakenOverAndTheRestIsDeleted() {
        redis.hash(String.class).hset("presence:seen", alice.value(), "1795312800123");
        redis.sortedSet(String.class).zadd("presence:nodes", 0, "connection-1.5f0c2a91");
        redis.value(String.class).set("presence:status:" + alice, "online");
        redis.hash(String.class).hset("presence:user:" + alice, "s1", "connection-1.5f0c2a91 online 1 1");

        old.takeOver();

        assertThat(statuses.find(List.of(alice)).getFirst().lastSeen()).isEqualTo(1795312800123L);
        assertThat(redis.key().keys("presence:*")).isEmpty();
        old.takeOver();
    }
}
