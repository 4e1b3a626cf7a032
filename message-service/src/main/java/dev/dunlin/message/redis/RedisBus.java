package dev.dunlin.message.redis;

import dev.dunlin.message.command.Bus;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes by one pinned connection, a batch in one pipeline: the pool neither pipelines nor bears bursts. A connection that failed is given up, and the next batch
 * makes a new one. One thread.
 */
public final class RedisBus implements Bus {
    private static final Logger LOG = Logger.getLogger(RedisBus.class);

    /** The client refuses more than {@code quarkus.redis.max-waiting-handlers} at once. */
    private static final int MOST_IN_FLIGHT = 4_096;

    private final Redis redis;
    private final Duration timeout;
    private final Counter failures;
    private @Nullable RedisConnection pinned;

    /** A batch takes at most {@code timeout}, to connect included twice that. */
    public RedisBus(Redis redis, Duration timeout, Counter failures) {
        this.redis = redis;
        this.timeout = timeout;
        this.failures = failures;
    }

    @Override
    public void publish(List<Publication> publications) {
        if (publications.isEmpty()) {
            return;
        }
        List<Request> requests = publications.stream()
                .map(one -> Request.cmd(Command.PUBLISH).arg(one.channel()).arg(Buffer.buffer(one.payload())))
                .toList();
        try {
            RedisConnection connection = pinned == null ? await(redis.connect()) : pinned;
            pinned = connection;
            for (int from = 0; from < requests.size(); from += MOST_IN_FLIGHT) {
                await(connection.batch(requests.subList(from, Math.min(requests.size(), from + MOST_IN_FLIGHT))));
            }
        } catch (TimeoutException | ExecutionException e) {
            failures.increment(publications.size());
            LOG.warnf("the bus lost %d messages: %s", (Object) publications.size(), e);
            giveUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp();
        }
    }

    private void giveUp() {
        RedisConnection failed = pinned;
        pinned = null;
        if (failed != null) {
            var unused = failed.close();
        }
    }

    private <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
