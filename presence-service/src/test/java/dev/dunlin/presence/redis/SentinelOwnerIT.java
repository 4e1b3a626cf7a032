package dev.dunlin.presence.redis;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.RedisSentinelTestResource;
import dev.dunlin.presence.http.MessageServicePeer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletionException;

/** The same behind Sentinel, with a failover. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(value = RedisSentinelTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(MessageServicePeer.class)
class SentinelOwnerIT extends OwnerOverRedis {
    @Override
    void interrupt() {
        try {
            redis.execute("SHUTDOWN", "NOSAVE");
        } catch (CompletionException e) {
            // The master that is gone does not answer.
        }
    }
}
