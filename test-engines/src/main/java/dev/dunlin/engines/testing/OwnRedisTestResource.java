package dev.dunlin.engines.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points a {@code @QuarkusTest} to an {@link OwnRedis}, in place of the shared Redis. */
public final class OwnRedisTestResource implements QuarkusTestResourceLifecycleManager {
    /** The system property with the process's id: the test has another class loader. */
    private static final String PID = "dunlin.test.redis.pid";

    private @Nullable OwnRedis redis;

    @Override
    public Map<String, String> start() {
        try {
            OwnRedis started = OwnRedis.start();
            redis = started;
            System.setProperty(PID, Long.toString(started.pid()));
            return Map.of("quarkus.redis.hosts", started.uri());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Suspends Redis with SIGSTOP. Its connections stay open. */
    public static void freeze() {
        signal("STOP");
    }

    /** Resumes Redis with SIGCONT. */
    public static void thaw() {
        signal("CONT");
    }

    private static void signal(String name) {
        try {
            RedisProcess.signal(Long.parseLong(System.getProperty(PID)), name);
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
        if (redis != null) {
            redis.close();
        }
    }
}
