package dev.dunlin.edge.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** Sends the batches of one connection one after the other, however large they are. Thread-safe. */
final class Pipeline {
    /** The client refuses more than {@code quarkus.redis.max-waiting-handlers} at once. */
    private static final int COMMANDS_IN_FLIGHT = 4_096;

    private final Cluster cluster;
    private final ReentrantLock sending = new ReentrantLock();

    Pipeline(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The answers are in the order of the commands. Does not block for them. */
    CompletableFuture<List<Response>> send(RedisConnection to, List<Request> commands) {
        sending.lock(); // keeps the order of the calls on the wire
        try {
            Future<List<Response>> sent = cluster.batch(to, part(commands, 0));
            for (int from = COMMANDS_IN_FLIGHT; from < commands.size(); from += COMMANDS_IN_FLIGHT) {
                List<Request> next = part(commands, from);
                sent = sent.compose(before -> cluster.batch(to, next).map(answers -> concat(before, answers)));
            }
            return sent.toCompletionStage().toCompletableFuture();
        } catch (RuntimeException closed) {
            return CompletableFuture.failedFuture(closed);
        } finally {
            sending.unlock();
        }
    }

    private static List<Request> part(List<Request> commands, int from) {
        return commands.subList(from, Math.min(commands.size(), from + COMMANDS_IN_FLIGHT));
    }

    private static List<Response> concat(List<Response> before, List<Response> answers) {
        List<Response> all = new ArrayList<>(before);
        all.addAll(answers);
        return all;
    }
}
