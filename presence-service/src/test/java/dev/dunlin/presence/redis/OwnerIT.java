package dev.dunlin.presence.redis;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.presence.http.MessageServicePeer;
import dev.dunlin.presence.owner.ShardStore;
import dev.dunlin.presence.owner.StoreContract;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The owner over Redis: what it does over memory, it does here. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class OwnerIT {
    @Inject
    ShardStore store;

    @Inject
    RedisDataSource redis;

    @Test
    void whateverIsLostTheStatusesBecomeThoseOfTheOpenLinks() {
        StoreContract.converges(() -> new LossyRedis(store, redis));
    }
}
