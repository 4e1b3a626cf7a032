package dev.dunlin.engines.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points a {@code @QuarkusTest} to an {@link OwnSentinel}, in place of the shared Redis. */
public final class RedisSentinelTestResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable OwnSentinel sentinel;

    @Override
    public Map<String, String> start() {
        try {
            OwnSentinel started = OwnSentinel.start();
            sentinel = started;
            return Map.of(
                    "quarkus.redis.hosts", started.uri(),
                    "quarkus.redis.client-type", "sentinel",
                    "quarkus.redis.master-name", started.masterName());
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
        if (sentinel != null) {
            sentinel.close();
        }
    }
}
