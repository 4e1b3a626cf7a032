package dev.dunlin.message.redis;

import static org.awaitility.Awaitility.await;

import dev.dunlin.edge.FreshChannels;
import dev.dunlin.edge.rate.KeyedRates;
import dev.dunlin.edge.redis.Patience;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.OwnRedis;
import dev.dunlin.engines.testing.SwallowingProxy;
import dev.dunlin.message.command.Asker;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.command.PublishRates;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Replies arrive again after an outage of Redis. The writer of the log is a sender that publishes
 * each reply at once.
 */
@BesideQuarkus
@SuppressWarnings("NullAway.Init") // start() sets the fields
class RedisRepliesIT {
    private static final NodeId NODE = new NodeId("here");
    private static final ChannelName CHANNEL = new ChannelName("group:a");
    private static final TraceId TRACE = new TraceId(1, 1);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private OwnRedis engine;
    private SwallowingProxy proxy;
    private Redis writer;
    private CommandGateway gateway;
    private RedisReplies replies;

    @BeforeEach
    void start() throws Exception {
        engine = OwnRedis.start();
        proxy = new SwallowingProxy(engine.port());
        writer = Redis.createClient(vertx, engine.uri());
        gateway = new CommandGateway(
                NODE,
                (command, trace) -> answer(command),
                Duration.ofMillis(500),
                10,
                new FreshChannels(1_000, InstantSource.system(), () -> {}),
                new PublishRates(NODE, new KeyedRates<>(1_000, 1_000, 10, InstantSource.system()), () -> {}),
                new SplittableRandom(1));
        replies = new RedisReplies(
                vertx,
                Redis.createClient(vertx, proxy.redisUri()),
                new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2)),
                NODE,
                gateway);
        replies.start().get(10, TimeUnit.SECONDS);
        await().atMost(DEADLINE).until(this::answered);
    }

    @AfterEach
    void stop() throws Exception {
        replies.stop();
        proxy.close();
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void repliesArriveAfterRedisWasSuspended() throws Exception {
        engine.freeze();
        await().atMost(DEADLINE).until(() -> !answered());
        engine.thaw();

        await().atMost(DEADLINE).until(this::answered);
    }

    @Test
    void repliesArriveAfterTheConnectionBecameHalfOpen() {
        proxy.swallow();
        await().atMost(DEADLINE).until(() -> !answered());
        proxy.forward();

        await().atMost(DEADLINE).until(this::answered);
    }

    private boolean answered() {
        return gateway.ask(CHANNEL, Asker.plain(new UserId("bob"), TRACE), new ChannelCommand.Delete(1))
                instanceof CommandGateway.Answer.Done;
    }

    private CompletableFuture<LogPosition> answer(ChannelCommand command) {
        SessionId request = Objects.requireNonNull(command.replyTo()).session();
        byte[] ack = Json.write(new ServerFrame.Ack(null, CHANNEL, null, 1, 1));
        var unused = writer.send(Request.cmd(Command.PUBLISH)
                .arg(BusChannel.ofNode(NODE).name())
                .arg(Buffer.buffer(BusMessage.reply(TRACE, request, ack).encode())));
        return CompletableFuture.completedFuture(new LogPosition(0, 1));
    }
}
