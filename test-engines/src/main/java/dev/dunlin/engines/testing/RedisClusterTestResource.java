package dev.dunlin.engines.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points a {@code @QuarkusTest} to an {@link OwnRedisCluster}, in place of the shared Redis. */
public final class RedisClusterTestResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable OwnRedisCluster cluster;

    @Override
    public Map<String, String> start() {
        try {
            OwnRedisCluster started = OwnRedisCluster.start();
            cluster = started;
            return Map.of(
                    "quarkus.redis.hosts", String.join(",", started.uris()), "quarkus.redis.client-type", "cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** After the shared engines, whose address it replaces. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
