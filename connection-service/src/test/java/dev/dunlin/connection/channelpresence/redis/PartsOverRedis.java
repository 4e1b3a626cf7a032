package dev.dunlin.connection.channelpresence.redis;

import dev.dunlin.connection.channelpresence.PartStore;
import dev.dunlin.connection.channelpresence.PartStoreContract;
import dev.dunlin.edge.redis.Patience;
import dev.dunlin.edge.redis.PinnedConnection;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.RedisKeys;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** The store over a Redis that only this test uses. */
@SuppressWarnings("NullAway.Init") // open() sets the fields
abstract class PartsOverRedis extends PartStoreContract {
    private final Vertx vertx = Vertx.vertx();
    private PinnedConnection connection;
    private RedisPartStore store;

    void open(Redis redis) throws Exception {
        connection = new PinnedConnection(
                "parts",
                vertx,
                redis,
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(3)),
                new PinnedConnection.Listener() {});
        connection.start().get(20, TimeUnit.SECONDS);
        store = new RedisPartStore(connection);
    }

    Vertx vertx() {
        return vertx;
    }

    @AfterEach
    void closeConnection() throws Exception {
        connection.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Override
    protected PartStore store() {
        return store;
    }

    @Override
    protected <T> T await(CompletionStage<T> answer) {
        return answer.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    protected void lose() {
        ChannelName room = new ChannelName("room:lobby");
        send(Request.cmd(Command.DEL).arg(RedisKeys.channelParts(room)));
        send(Request.cmd(Command.DEL).arg(RedisKeys.channelPart(room, new NodeId("one.1"))));
    }

    @Override
    protected void lease(NodeId life) {
        send(Request.cmd(Command.SET).arg(RedisKeys.nodeLease(life)).arg("alive"));
    }

    long send(Request request) {
        String answer = await(connection.sendAll(List.of(request))).getFirst().toString();
        return answer.matches("-?[0-9]+") ? Long.parseLong(answer) : 0;
    }
}
