package dev.dunlin.connection.bus.redis;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.Backoff;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One connection that is kept out of the pool, so that commands pipeline, and made again with backoff when it is lost. */
public final class PinnedConnection {
    private static final Logger LOG = Logger.getLogger(PinnedConnection.class);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    private final String purpose;
    private final Redis redis;
    private final HubLoop loop;
    private final Consumer<RedisConnection> onConnected;
    private final Consumer<Response> onPush;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    private volatile @Nullable RedisConnection connection;
    /** The attempt whose outcome counts; one above it once it is settled. */
    private int attempt;

    private boolean stopped;

    /** Both callbacks are called on the hub loop. */
    public PinnedConnection(
            String purpose,
            Redis redis,
            HubLoop loop,
            Consumer<RedisConnection> onConnected,
            Consumer<Response> onPush) {
        this.purpose = purpose;
        this.redis = redis;
        this.loop = loop;
        this.onConnected = onConnected;
        this.onPush = onPush;
    }

    /** Connects, and again whenever the connection is lost. Hub loop. */
    public void connect() {
        if (stopped) {
            return;
        }
        int number = ++attempt;
        redis.connect()
                .onSuccess(made -> loop.execute(() -> made(number, made)))
                .onFailure(failure -> loop.execute(() -> failed(number, failure)));
        // A Redis that is stopped accepts connections and says nothing.
        loop.after(CONNECT_WITHIN, () -> failed(number, new IOException("no answer within " + CONNECT_WITHIN)));
    }

    /** Any thread. */
    public boolean connected() {
        return connection != null;
    }

    Optional<RedisConnection> current() {
        return Optional.ofNullable(connection);
    }

    /** Sends a command that has a reply. Any thread; completes on any thread. */
    public CompletionStage<@Nullable Response> send(Request request) {
        RedisConnection current = connection;
        return current == null
                ? CompletableFuture.failedFuture(new IOException("Redis is not connected"))
                : current.send(request).toCompletionStage();
    }

    /** Closes for good. Hub loop. */
    public void stop() {
        stopped = true;
        RedisConnection last = connection;
        connection = null;
        if (last != null) {
            last.close();
        }
    }

    /** Ends the connection, if there is one, and makes another. Hub loop. */
    void giveUp(String why) {
        RedisConnection current = connection;
        if (current != null) {
            lost(current, new IOException(why));
        }
    }

    private void failed(int number, Throwable why) {
        if (number == attempt) {
            attempt++;
            again(why);
        }
    }

    private void made(int number, RedisConnection made) {
        if (stopped || number != attempt) {
            made.close();
            return;
        }
        attempt++;
        backoff.reset();
        made.handler(push -> loop.execute(() -> onPush.accept(push)));
        made.exceptionHandler(failure -> loop.execute(() -> lost(made, failure)));
        made.endHandler(end -> loop.execute(() -> lost(made, new IOException("closed by Redis"))));
        connection = made;
        onConnected.accept(made);
    }

    private void lost(RedisConnection which, Throwable why) {
        if (connection == which) {
            connection = null;
            which.close();
            again(why);
        }
    }

    private void again(Throwable why) {
        if (stopped) {
            return;
        }
        Duration pause = backoff.next();
        LOG.warnf("No connection to Redis for %s (%s): trying again in %d ms", purpose, why, pause.toMillis());
        loop.after(pause, this::connect);
    }
}
