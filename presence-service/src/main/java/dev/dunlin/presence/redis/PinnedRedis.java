package dev.dunlin.presence.redis;

import dev.dunlin.presence.PresenceUnavailable;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection that all of this process shares: its commands are pipelined, which the pool's are not. It is opened on
 * first use, with all scripts made known, and again after it broke. Blocks: called on virtual threads, by any of them at once.
 */
@Singleton
final class PinnedRedis {
    private static final Logger LOG = Logger.getLogger(PinnedRedis.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final List<Script> SCRIPTS =
            List.of(PutSession.SCRIPT, EndSession.SCRIPT, EraseUser.SCRIPT, GoOffline.SCRIPT, CheckNode.SCRIPT);

    private final Redis redis;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable RedisConnection pinned;
    private boolean away;

    PinnedRedis(Redis redis) {
        this.redis = redis;
    }

    /**
     * Sends the requests in one go and answers in their order.
     *
     * @throws PresenceUnavailable if any of them failed; some may have been carried out
     */
    List<Response> send(List<Request> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        RedisConnection connection = connection();
        try {
            List<Response> responses = exchange(connection, requests);
            back();
            return responses;
        } catch (ExecutionException | TimeoutException e) {
            // Also after an answer that is an error: a new connection knows the scripts, which this one may not any
            // more.
            release(connection);
            throw unavailable(e);
        }
    }

    /** Sends one request whose answer is never nil. */
    Response one(Request request) {
        return send(List.of(request)).getFirst();
    }

    private RedisConnection connection() {
        lock.lock();
        try {
            RedisConnection known = pinned;
            if (known != null) {
                return known;
            }
            RedisConnection opened = await(redis.connect());
            opened.exceptionHandler(failure -> Thread.startVirtualThread(() -> release(opened)));
            opened.endHandler(end -> Thread.startVirtualThread(() -> release(opened)));
            exchange(opened, SCRIPTS.stream().map(Script::load).toList());
            pinned = opened;
            return opened;
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } finally {
            lock.unlock();
        }
    }

    private static List<Response> exchange(RedisConnection connection, List<Request> requests)
            throws ExecutionException, TimeoutException {
        List<Future<Response>> sent = new ArrayList<>(requests.size());
        for (Request request : requests) {
            sent.add(connection.send(request));
        }
        List<Response> responses = new ArrayList<>(requests.size());
        for (Future<Response> future : sent) {
            responses.add(await(future));
        }
        return responses;
    }

    private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PresenceUnavailable("the service is shutting down", e);
        }
    }

    private void release(RedisConnection connection) {
        lock.lock();
        try {
            if (pinned == connection) {
                pinned = null;
                connection.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private PresenceUnavailable unavailable(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        lock.lock();
        try {
            if (!away) {
                LOG.warnf("Redis is away (%s); it is tried again", cause);
            }
            away = true;
        } finally {
            lock.unlock();
        }
        return new PresenceUnavailable("presence is not known now: Redis is away", failure);
    }

    private void back() {
        lock.lock();
        try {
            if (away) {
                LOG.info("Redis is back");
            }
            away = false;
        } finally {
            lock.unlock();
        }
    }
}
