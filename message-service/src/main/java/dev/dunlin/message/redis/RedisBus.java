package dev.dunlin.message.redis;

import dev.dunlin.edge.redis.Patience;
import dev.dunlin.edge.redis.PinnedConnection;
import dev.dunlin.message.command.Bus;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes a batch in one pipeline. A batch that fails, or has no answer in time, is lost and the
 * connection is replaced; meanwhile what is published is lost at once. Nodes fetch what was lost.
 * Thread-safe.
 */
public final class RedisBus implements Bus {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final PinnedConnection connection;
    private final Counter lost;

    /** A batch takes at most {@code patience.answer()}. */
    public RedisBus(Vertx vertx, Redis redis, Patience patience, Counter lost) {
        this.connection =
                new PinnedConnection("publishing", vertx, redis, patience, new PinnedConnection.Listener() {});
        this.lost = lost;
    }

    /** Connects in the background. The result completes with the first connection. */
    public CompletableFuture<Void> start() {
        return connection.start();
    }

    public void stop() {
        connection.stop();
    }

    /** Whether what is published now is sent. */
    public boolean connected() {
        return connection.connected();
    }

    @Override
    public CompletableFuture<Void> publish(List<Publication> publications) {
        if (publications.isEmpty()) {
            return DONE;
        }
        if (!connected()) {
            lost.increment(publications.size());
            return DONE;
        }
        List<Request> requests = new ArrayList<>(publications.size());
        for (Publication one : publications) {
            requests.add(Request.cmd(Command.PUBLISH).arg(one.channel().name()).arg(Buffer.buffer(one.payload())));
        }
        return connection.sendAll(requests).handle((receivers, failure) -> {
            if (failure != null) {
                lost.increment(publications.size());
            }
            return null;
        });
    }
}
