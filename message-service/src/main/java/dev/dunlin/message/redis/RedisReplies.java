package dev.dunlin.message.redis;

import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Listens on this process's {@code node:} channel for replies to waiting requests. Connects again when the connection is lost. Runs on an event loop. */
public final class RedisReplies {
    private static final Logger LOG = Logger.getLogger(RedisReplies.class);
    private static final long RECONNECT_MS = 500;

    private final Vertx vertx;
    private final Redis redis;
    private final NodeId node;
    private final CommandGateway gateway;
    private final CompletableFuture<Boolean> listening = new CompletableFuture<>();
    private volatile boolean stopped;

    public RedisReplies(Vertx vertx, Redis redis, NodeId node, CommandGateway gateway) {
        this.vertx = vertx;
        this.redis = redis;
        this.node = node;
        this.gateway = gateway;
    }

    /** Starts to listen, and goes on until {@link #stop}. The result completes when it listens for the first time. */
    public CompletableFuture<Boolean> start() {
        connect();
        return listening;
    }

    public void stop() {
        stopped = true;
    }

    private void connect() {
        if (!stopped) {
            redis.connect().onSuccess(this::listen).onFailure(this::reconnect);
        }
    }

    private void listen(RedisConnection connection) {
        AtomicBoolean lost = new AtomicBoolean();
        connection.handler(this::receive);
        connection.exceptionHandler(failure -> lose(connection, lost, failure));
        connection.endHandler(end -> lose(connection, lost, new IllegalStateException("the connection ended")));
        connection
                .send(Request.cmd(Command.SUBSCRIBE).arg(BusChannel.ofNode(node).name()))
                .onSuccess(subscribed -> {
                    LOG.debugf("listening on %s", BusChannel.ofNode(node));
                    listening.complete(true);
                })
                .onFailure(failure -> lose(connection, lost, failure));
    }

    private void lose(RedisConnection connection, AtomicBoolean lost, Throwable failure) {
        if (lost.compareAndSet(false, true)) {
            connection.close();
            reconnect(failure);
        }
    }

    private void reconnect(Throwable failure) {
        if (!stopped) {
            LOG.warnf("no replies from the bus, trying again: %s", failure.toString());
            vertx.setTimer(RECONNECT_MS, timer -> connect());
        }
    }

    private void receive(Response push) {
        if (push.size() != 3 || !"message".equals(push.get(0).toString())) {
            return;
        }
        try {
            BusMessage message = BusMessage.decode(push.get(2).toBytes());
            if (message.session() != null) {
                gateway.settle(message.session(), Json.read(message.frame(), ServerFrame.class));
            }
        } catch (InvalidInput e) {
            LOG.warnf("a reply that cannot be read: %s", e.getMessage());
        }
    }
}
