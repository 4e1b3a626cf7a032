package dev.dunlin.edge.redis;

import dev.dunlin.edge.Backoff;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis outside the client's pool, so that commands are pipelined and pushes
 * arrive. It belongs to one adapter, from {@link #start} to {@link #stop}.
 *
 * <p>A new connection is open when it has answered the {@link Listener#greeting}. A connection that
 * ends, fails or does not answer within {@link Patience} is closed and replaced. Attempts that fail
 * are repeated with backoff. What is sent meanwhile fails at once.
 *
 * <p>On a Redis Cluster it is one connection to each node, and the loss of any node replaces them
 * all. It opens again when every node of the cluster's slots answers. Published messages keep their
 * order; other commands keep it for each node. Behind Sentinel it is a connection to the master.
 *
 * <p>Methods may be called on any thread and do not block. The client needs a read idle time-out
 * longer than the probe: it ends attempts to connect that never get an answer.
 */
public final class PinnedConnection {
    private static final Logger LOG = Logger.getLogger(PinnedConnection.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** A connection that was open for this time is replaced at once, without a pause. */
    private static final Duration STABLE = Duration.ofSeconds(2);

    /** Each of them holds a place of the client's pool until its socket is closed. */
    private static final int UNANSWERED_ATTEMPTS = 2;

    private final String purpose;
    private final Redis redis;
    private final Patience patience;
    private final Listener listener;
    private final ContextInternal loop;
    private final CompletableFuture<RedisConnection> stopped =
            CompletableFuture.failedFuture(new IOException("the connection to Redis was stopped"));
    /**
     * The connection if it is open. It is incomplete until an attempt ends, and failed until the
     * next attempt begins.
     */
    private final AtomicReference<CompletableFuture<RedisConnection>> current =
            new AtomicReference<>(new CompletableFuture<>());

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Cluster cluster = new Cluster();
    private final Pipeline pipeline = new Pipeline(cluster);
    private final Overdue overdue;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    /** When an answer to a probe, or a push, arrived last. */
    private volatile long heardNanos = System.nanoTime();
    /** On a cluster: when a master answered a probe last, by the text of the probe. */
    private final Map<String, Long> masterHeardNanos = new ConcurrentHashMap<>();
    /** On the loop, as the fields below. Attempts whose connect has no outcome yet. */
    private int unanswered;

    private long openedNanos;
    private boolean warned;

    /** What the owner does with the connection. Called on event loops of Vert.x; must not block. */
    public interface Listener {
        /** The commands that a new connection must answer before it is open. */
        default List<Request> greeting() {
            return List.of(Request.cmd(Command.PING));
        }

        /** A new connection is open. It has no subscriptions yet: subscribe again. */
        default void connected() {}

        /**
         * Redis pushed a message, or the confirmation of a subscription. Called on the loop of the
         * connection, in their order; on a cluster, in their order for each channel.
         */
        default void received(Response push) {}
    }

    /**
     * Does not connect yet.
     *
     * @param purpose what the log calls it
     */
    public PinnedConnection(String purpose, Vertx vertx, Redis redis, Patience patience, Listener listener) {
        this(purpose, ((VertxInternal) vertx).createEventLoopContext(), redis, patience, listener);
    }

    /**
     * The same on the thread of an event loop that the owner chooses. Does not connect yet.
     *
     * @param purpose what the log calls it
     */
    public PinnedConnection(String purpose, Context loop, Redis redis, Patience patience, Listener listener) {
        this.purpose = purpose;
        this.redis = redis;
        this.patience = patience;
        this.listener = listener;
        this.loop = (ContextInternal) loop;
        this.overdue = new Overdue(this.loop, patience.answer());
    }

    /**
     * Connects in the background, and again after each loss, until {@link #stop}. Call once. The
     * result completes when the connection is open for the first time.
     */
    public CompletableFuture<Void> start() {
        CompletableFuture<RedisConnection> first = current();
        loop.runOnContext(ignored -> attempt(first));
        after(patience.probe(), this::probe);
        return opened;
    }

    /** Closes the connection for good. */
    public void stop() {
        CompletableFuture<RedisConnection> last = Objects.requireNonNull(current.getAndSet(stopped));
        last.completeExceptionally(new IOException("stopped")); // closes the connection of an attempt
        RedisConnection open = find(last);
        if (open != null) {
            close(open);
        }
    }

    /** Whether the connection is open. */
    public boolean connected() {
        return find() != null;
    }

    /**
     * Waits for the attempt that is under way, if there is one. Fails if the attempt fails, and at
     * once if the connection waits before its next attempt.
     */
    public CompletableFuture<Void> opening() {
        return current().thenAccept(connection -> {});
    }

    /**
     * Sends one command. The result fails if there is no connection, if it is lost, or if Redis
     * answers with an error. It has no time-out of its own: the probe ends a silent connection.
     */
    public CompletableFuture<Response> send(Request command) {
        RedisConnection connection = find();
        return connection == null
                ? notConnected()
                : onLoop(() -> cluster.send(connection, command).toCompletionStage());
    }

    /**
     * Sends commands in one pipeline, in the order of the calls, and returns their answers in that
     * order. On a cluster it is one pipeline for each node; all keys of one command must be in one
     * slot.
     *
     * <p>The result fails with {@link IOException} if there is no connection. It also fails if
     * Redis answers any command with an error or too late. Then the connection is replaced, and
     * Redis may have carried out some of the commands.
     */
    public CompletableFuture<List<Response>> sendAll(List<Request> commands) {
        RedisConnection connection = find();
        if (connection == null) {
            return notConnected();
        }
        CompletableFuture<List<Response>> sent = onLoop(() -> pipeline.send(connection, commands));
        overdue.watch(sent);
        return sent.whenComplete((answers, failure) -> {
            if (failure != null) {
                lost(connection, failure);
            }
        });
    }

    /**
     * Sends from the loop of the connection. The client gives the answer to the context that asked,
     * and for another thread that is another loop: one more hand-over. Keeps the order of the
     * calls.
     */
    private <T> CompletableFuture<T> onLoop(Supplier<CompletionStage<T>> sending) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            loop.runOnContext(ignored -> send(sending, result));
        } catch (RuntimeException stopped) {
            result.completeExceptionally(stopped);
        }
        return result;
    }

    private static <T> void send(Supplier<CompletionStage<T>> sending, CompletableFuture<T> result) {
        try {
            var unused = sending.get().whenComplete((answer, failure) -> {
                if (failure == null) {
                    result.complete(answer);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException closed) {
            result.completeExceptionally(closed);
        }
    }

    /**
     * Sends SUBSCRIBE or UNSUBSCRIBE. Redis confirms each channel with a push. Does nothing without
     * a connection; returns whether there was one. A connection with subscriptions must not send
     * other commands: their answers get lost among the pushes.
     */
    public boolean sendPubSub(Command command, List<String> channels) {
        RedisConnection connection = find();
        if (connection != null && !channels.isEmpty()) {
            Request request = Request.cmd(command);
            channels.forEach(request::arg);
            connection.send(request).onFailure(failure -> lost(connection, failure));
        }
        return connection != null;
    }

    /** Replaces the connection if it is open. */
    public void reset(String why) {
        RedisConnection connection = find();
        if (connection != null) {
            lost(connection, new IOException(why));
        }
    }

    private @Nullable RedisConnection find() {
        return find(current());
    }

    private static @Nullable RedisConnection find(CompletableFuture<RedisConnection> attempt) {
        return attempt.state() == State.SUCCESS ? attempt.resultNow() : null;
    }

    private static <T> CompletableFuture<T> notConnected() {
        return CompletableFuture.failedFuture(new IOException("Redis is not connected"));
    }

    private CompletableFuture<RedisConnection> current() {
        return Objects.requireNonNull(current.get());
    }

    private void attempt(CompletableFuture<RedisConnection> attempt) {
        if (current.get() != attempt) {
            return; // stopped
        }
        var unused = attempt.orTimeout(patience.answer().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((made, failure) -> loop.runOnContext(ignored -> ended(attempt, failure)));
        if (unanswered == UNANSWERED_ATTEMPTS) {
            attempt.completeExceptionally(new IOException(unanswered + " attempts have no answer"));
            return;
        }
        unanswered++;
        redis.connect().onComplete(made -> loop.runOnContext(ignored -> greet(attempt, made)));
    }

    private void greet(CompletableFuture<RedisConnection> attempt, AsyncResult<RedisConnection> result) {
        unanswered--;
        if (result.failed()) {
            attempt.completeExceptionally(result.cause());
            return;
        }
        RedisConnection made = result.result();
        made.handler(push -> loop.execute(push, this::received)); // a node may be on another loop
        made.exceptionHandler(failure -> lost(made, failure));
        made.endHandler(end -> lost(made, new IOException("closed by Redis")));
        var unused = attempt.whenComplete((open, failure) -> {
            if (failure != null) {
                close(made);
            }
        });
        if (!attempt.isDone()) {
            cluster.learn(made)
                    .compose(slots -> cluster.batch(made, greeting()))
                    .onComplete(answers -> {
                        if (answers.succeeded()) {
                            attempt.complete(made);
                        } else {
                            attempt.completeExceptionally(answers.cause());
                        }
                    });
        }
    }

    /**
     * Each master of a cluster must answer too: the pool may have kept a half-open socket to it.
     */
    private List<Request> greeting() {
        return Stream.concat(
                        listener.greeting().stream(), cluster.masters().stream().map(Cluster::ping))
                .toList();
    }

    /**
     * The client takes a push for the answer to a waiting command. The answer then arrives here as
     * if it were a push.
     */
    private void received(Response push) {
        heardNanos = System.nanoTime();
        if (push.type() == ResponseType.PUSH || push.type() == ResponseType.MULTI) {
            listener.received(push);
        } else {
            heardFromMaster(push);
        }
    }

    /** On the loop. */
    private void ended(CompletableFuture<RedisConnection> attempt, @Nullable Throwable failure) {
        if (current.get() != attempt) {
            return; // lost or stopped meanwhile
        }
        if (failure == null) {
            openedNanos = System.nanoTime();
            if (warned) {
                LOG.infof("Connected to Redis again for %s", purpose);
            }
            warned = false;
            opened.complete(null);
            listener.connected();
        } else {
            report(failure);
            CompletableFuture<RedisConnection> next = new CompletableFuture<>();
            after(backoff.next(), () -> {
                current.compareAndSet(attempt, next);
                attempt(next);
            });
        }
    }

    private void lost(RedisConnection which, Throwable why) {
        CompletableFuture<RedisConnection> known = current();
        CompletableFuture<RedisConnection> next = new CompletableFuture<>();
        if (find(known) == which && current.compareAndSet(known, next)) {
            close(which);
            loop.runOnContext(ignored -> replace(next, why));
        }
    }

    /** On the loop. */
    private void replace(CompletableFuture<RedisConnection> next, Throwable why) {
        report(why);
        if (System.nanoTime() - openedNanos >= STABLE.toNanos()) {
            backoff.reset();
            attempt(next);
        } else {
            after(backoff.next(), () -> attempt(next));
        }
    }

    private void report(Throwable why) {
        LOG.logf(
                warned ? Logger.Level.DEBUG : Logger.Level.WARN,
                "No connection to Redis for %s (%s): trying again until it answers",
                purpose,
                why);
        warned = true;
    }

    /** Finds a half-open connection, and keeps an idle one from its read idle time-out. */
    private void probe() {
        if (current() == stopped) {
            return;
        }
        RedisConnection probed = find();
        if (probed != null && cluster.isCluster()) {
            probeCluster(probed);
        } else if (probed != null) {
            long asked = System.nanoTime();
            probed.send(Request.cmd(Command.PING)).onSuccess(pong -> heardNanos = System.nanoTime());
            after(patience.answer(), () -> {
                if (heardNanos - asked < 0) {
                    lost(probed, new IOException("no answer within " + patience.answer()));
                }
            });
        }
        after(patience.probe(), this::probe);
    }

    /** On the loop. */
    private void probeCluster(RedisConnection probed) {
        List<String> masters = cluster.masters();
        long asked = System.nanoTime();
        for (String master : masters) {
            masterHeardNanos.putIfAbsent(master, asked - 1);
            probed.send(Cluster.ping(master)).onSuccess(this::heardFromMaster);
        }
        after(patience.answer(), () -> {
            if (masters.stream().anyMatch(master -> Objects.requireNonNull(masterHeardNanos.get(master)) - asked < 0)) {
                lost(probed, new IOException("no answer from a master within " + patience.answer()));
            }
        });
    }

    private void heardFromMaster(Response pong) {
        masterHeardNanos.replace(pong.toString(), System.nanoTime());
    }

    private void after(Duration delay, Runnable task) {
        loop.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
    }

    /**
     * The client's pool keeps the socket of a closed connection, even if it carries nothing. It
     * closes the socket only after pub/sub commands.
     */
    private void close(RedisConnection connection) {
        cluster.unsubscribe(connection).onComplete(sent -> connection.close());
    }
}
