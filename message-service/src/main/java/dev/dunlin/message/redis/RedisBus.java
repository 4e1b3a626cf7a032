package dev.dunlin.message.redis;

import dev.dunlin.message.command.Bus;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes by one pinned connection, a batch in one pipeline: the pool neither pipelines nor bears bursts. When Redis fails, or does not answer in time, the connection is
 * given up and what is published is lost at once, without waiting, until a new one has answered a PING; that is tried in the background. Thread-safe.
 */
public final class RedisBus implements Bus {
    private static final Logger LOG = Logger.getLogger(RedisBus.class);

    /** The client refuses more than {@code quarkus.redis.max-waiting-handlers} at once. */
    private static final int MOST_IN_FLIGHT = 4_096;

    private static final long RECONNECT_MS = 250;

    /** A connect to a Redis that is stopped neither succeeds nor fails; each holds a place of the client's pool. */
    private static final int MOST_CONNECTING = 2;

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Vertx vertx;
    private final Redis redis;
    private final Duration timeout;
    private final Counter failures;
    private final AtomicReference<@Nullable RedisConnection> pinned = new AtomicReference<>();
    private final AtomicInteger connecting = new AtomicInteger();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean stopped;

    /** A batch takes at most {@code timeout}. */
    public RedisBus(Vertx vertx, Redis redis, Duration timeout, Counter failures) {
        this.vertx = vertx;
        this.redis = redis;
        this.timeout = timeout;
        this.failures = failures;
    }

    /** Connects in the background, and again whenever the connection is lost, until {@link #stop}. The result completes with the first connection. */
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        connect(first);
        return first;
    }

    public void stop() {
        stopped = true;
        RedisConnection connection = pinned.getAndSet(null);
        if (connection != null) {
            var unused = connection.close();
        }
    }

    /** Whether what is published now goes out. */
    public boolean connected() {
        return pinned.get() != null;
    }

    @Override
    public CompletableFuture<Void> publish(List<Publication> publications) {
        if (publications.isEmpty()) {
            return DONE;
        }
        RedisConnection connection = pinned.get();
        if (connection == null) {
            failures.increment(publications.size());
            return DONE;
        }
        return sent(connection, publications)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    failures.increment(publications.size());
                    lose(connection, failure);
                    return null;
                });
    }

    /** One at a time, so that the order of the requests on the wire is that of the calls, and their answers are told apart. */
    private CompletableFuture<Void> sent(RedisConnection connection, List<Publication> publications) {
        sending.lock();
        try {
            return send(connection, publications).toCompletionStage().toCompletableFuture();
        } catch (RuntimeException closed) {
            return CompletableFuture.failedFuture(closed);
        } finally {
            sending.unlock();
        }
    }

    private static Future<Void> send(RedisConnection connection, List<Publication> publications) {
        List<Request> requests = new ArrayList<>(publications.size());
        for (Publication one : publications) {
            requests.add(Request.cmd(Command.PUBLISH).arg(one.channel().name()).arg(Buffer.buffer(one.payload())));
        }
        Future<Void> sent = Future.succeededFuture();
        for (int from = 0; from < requests.size(); from += MOST_IN_FLIGHT) {
            List<Request> part = requests.subList(from, Math.min(requests.size(), from + MOST_IN_FLIGHT));
            sent = from == 0
                    ? connection.batch(part).mapEmpty()
                    : sent.compose(before -> connection.batch(part).mapEmpty());
        }
        return sent;
    }

    private void lose(RedisConnection connection, Throwable failure) {
        if (pinned.compareAndSet(connection, null)) {
            LOG.warnf("Redis is away, nodes fetch what they miss: %s", failure.toString());
            var unused = connection.close();
            connect(new CompletableFuture<>());
        }
    }

    /** Tries until a connection answers; there is one such trying at a time, since it only begins when there is none, or none any more. */
    private void connect(CompletableFuture<Void> first) {
        if (stopped || connected()) {
            return;
        }
        if (connecting.incrementAndGet() > MOST_CONNECTING) {
            connecting.decrementAndGet();
            vertx.setTimer(RECONNECT_MS, timer -> connect(first));
            return;
        }
        CompletableFuture<Void> answered = new CompletableFuture<>();
        Future<RedisConnection> attempt = redis.connect();
        attempt.compose(connection -> connection.send(Request.cmd(Command.PING)).map(pong -> connection))
                .onComplete(result -> {
                    connecting.decrementAndGet();
                    if (result.failed()) {
                        answered.completeExceptionally(result.cause());
                    } else if (!answered.isDone() && pin(result.result())) {
                        answered.complete(null);
                        first.complete(null);
                    } else {
                        result.result().close();
                    }
                    if (result.failed() && attempt.succeeded()) {
                        attempt.result().close();
                    }
                });
        var unused = answered.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.debugf("no connection to Redis: %s", failure.toString());
                        vertx.setTimer(RECONNECT_MS, timer -> connect(first));
                    }
                });
    }

    private boolean pin(RedisConnection connection) {
        connection.exceptionHandler(failure -> lose(connection, failure));
        connection.endHandler(end -> lose(connection, new IllegalStateException("the connection ended")));
        if (stopped || !pinned.compareAndSet(null, connection)) {
            return false;
        }
        LOG.info("publishing to Redis");
        return true;
    }
}
