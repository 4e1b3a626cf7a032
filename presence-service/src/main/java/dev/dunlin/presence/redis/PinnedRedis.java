package dev.dunlin.presence.redis;

import dev.dunlin.edge.redis.Patience;
import dev.dunlin.edge.redis.PinnedConnection;
import dev.dunlin.edge.redis.Script;
import dev.dunlin.presence.PresenceUnavailable;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Sends commands over one connection that all of this process shares. Blocks: called by the owner's
 * thread and on virtual threads, by any of them at once.
 */
@Singleton
final class PinnedRedis {
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(3));

    private final PinnedConnection connection;

    PinnedRedis(Vertx vertx, Redis redis) {
        connection = new PinnedConnection("presence", vertx, redis, PATIENCE, new PinnedConnection.Listener() {});
        var unused = connection.start();
    }

    @PreDestroy
    void stop() {
        connection.stop();
    }

    /**
     * Sends the requests in one pipeline and returns the answers in their order. Waits for an
     * attempt to connect that is under way. After an answer that is an error the connection is
     * replaced.
     *
     * @throws PresenceUnavailable if any of them failed; some may have been carried out
     */
    List<Response> send(List<Request> requests) {
        return requests.isEmpty() ? List.of() : await(() -> connection.sendAll(requests));
    }

    /** Sends one request whose answer is never nil. */
    Response one(Request request) {
        return send(List.of(request)).getFirst();
    }

    /** A call of a script; the keys are of one shard. */
    record Call(Script script, List<String> keys, List<String> arguments) {}

    /** Runs scripts like {@link #send}. */
    List<Response> run(List<Call> calls) {
        return await(() -> {
            List<CompletableFuture<Response>> answers = calls.stream()
                    .map(call -> call.script()
                            .run(connection, call.keys(), call.arguments().toArray()))
                    .toList();
            return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .thenApply(
                            all -> answers.stream().map(CompletableFuture::join).toList());
        });
    }

    private <T> T await(Supplier<CompletableFuture<T>> sending) {
        try {
            return connection.opening().thenCompose(open -> sending.get()).get();
        } catch (ExecutionException e) {
            throw new PresenceUnavailable("presence is not known now: Redis is away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PresenceUnavailable("the service is shutting down", e);
        }
    }
}
