package dev.dunlin.message.redis;

import dev.dunlin.edge.redis.Patience;
import dev.dunlin.edge.redis.PinnedConnection;
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
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Receives the replies to waiting requests on this process's {@code node:} channel. Subscribes
 * again when the connection was replaced. Runs on event loops.
 */
public final class RedisReplies {
    private static final Logger LOG = Logger.getLogger(RedisReplies.class);

    private final String channel;
    private final CommandGateway gateway;
    private final PinnedConnection connection;
    private final CompletableFuture<Void> listening = new CompletableFuture<>();

    public RedisReplies(Vertx vertx, Redis redis, Patience patience, NodeId node, CommandGateway gateway) {
        this.channel = BusChannel.ofNode(node).name();
        this.gateway = gateway;
        this.connection = new PinnedConnection("replies", vertx, redis, patience, new PinnedConnection.Listener() {
            @Override
            public void connected() {
                connection.sendPubSub(Command.SUBSCRIBE, List.of(channel));
            }

            @Override
            public void received(Response push) {
                receive(push);
            }
        });
    }

    /** Listens until {@link #stop}. The result completes when it listens for the first time. */
    public CompletableFuture<Void> start() {
        var unused = connection.start();
        return listening;
    }

    public void stop() {
        connection.stop();
    }

    private void receive(Response push) {
        switch (push.get(0).toString()) {
            case "subscribe" -> listening.complete(null);
            case "message" -> settle(push.get(2).toBytes());
            default -> {}
        }
    }

    private void settle(byte[] payload) {
        try {
            BusMessage message = BusMessage.decode(payload);
            if (message.session() != null) {
                gateway.settle(message.session(), Json.read(message.frame(), ServerFrame.class));
            }
        } catch (InvalidInput e) {
            LOG.warnf("a reply that cannot be read: %s", e.getMessage());
        }
    }
}
