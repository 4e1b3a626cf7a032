package dev.dunlin.edge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.OwnRedis;
import dev.dunlin.engines.testing.SwallowingProxy;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of the connection: after every kind of outage it sends and receives again. */
@BesideQuarkus
@SuppressWarnings("NullAway.Init") // start() sets the fields
class PinnedConnectionIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int READ_IDLE_SECONDS = 3;
    private static final String DELIVERED = "delivered";
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(2), Duration.ofMillis(200));

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private OwnRedis engine;
    private SwallowingProxy proxy;
    private PinnedConnection subscribed;
    private PinnedConnection publishing;

    @BeforeEach
    void start() throws Exception {
        engine = OwnRedis.start();
        proxy = new SwallowingProxy(engine.port());
        Redis redis = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(proxy.redisUri())
                        .setMaxWaitingHandlers(16_384)
                        .setNetClientOptions(new NetClientOptions().setReadIdleTimeout(READ_IDLE_SECONDS)));
        subscribed = new PinnedConnection("subscriptions", vertx, redis, PATIENCE, new PinnedConnection.Listener() {
            @Override
            public void connected() {
                subscribed.sendPubSub(Command.SUBSCRIBE, List.of("topic"));
            }

            @Override
            public void received(Response push) {
                if (push.get(0).toString().equals("message")) {
                    received.add(push.get(2).toString());
                }
            }
        });
        publishing = new PinnedConnection("publishing", vertx, redis, PATIENCE, new PinnedConnection.Listener() {});
        CompletableFuture.allOf(subscribed.start(), publishing.start()).get(10, TimeUnit.SECONDS);
        awaitDelivery();
    }

    @AfterEach
    void stop() throws Exception {
        subscribed.stop();
        publishing.stop();
        proxy.close();
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void commandsOfAllCallsArriveInOrder() {
        List<String> texts =
                IntStream.range(0, 10_000).mapToObj(Integer::toString).toList();
        texts.forEach(this::publish);

        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(received)
                        .filteredOn(text -> !text.equals(DELIVERED))
                        .containsExactlyElementsOf(texts));
    }

    @Test
    void batchOfAnySizeIsAnsweredInOrder() throws Exception {
        List<Request> echoes = IntStream.range(0, 10_000)
                .mapToObj(i -> Request.cmd(Command.ECHO).arg(i))
                .toList();

        assertThat(publishing.sendAll(echoes).get(10, TimeUnit.SECONDS))
                .extracting(Response::toInteger)
                .containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void errorInABatchReplacesTheConnection() {
        assertThat(publishing.sendAll(
                        List.of(Request.cmd(Command.EVALSHA).arg("0".repeat(40)).arg(0))))
                .failsWithin(DEADLINE);

        await().atMost(DEADLINE)
                .until(() -> publishing
                        .opening()
                        .handle((open, failure) -> failure == null)
                        .get());
        assertThat(publishing.sendAll(List.of(Request.cmd(Command.PING)))).succeedsWithin(DEADLINE);
    }

    @Test
    void probesDoNotEndAConnectionThatIsBusyWithPushes() throws Exception {
        long id = idOfSubscriber();
        CompletableFuture<Void> probed = CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(PATIENCE.answer().toMillis() * 2, TimeUnit.MILLISECONDS));
        while (!probed.isDone()) {
            publishing.send(Request.cmd(Command.PUBLISH).arg("topic").arg("x")).get(10, TimeUnit.SECONDS);
        }

        assertThat(idOfSubscriber()).isEqualTo(id);
    }

    @Test
    void quietConnectionOutlivesTheReadIdleTimeout() throws Exception {
        long id = idOfSubscriber();
        await().pollDelay(Duration.ofSeconds(READ_IDLE_SECONDS + 2)).until(() -> true);

        assertThat(idOfSubscriber()).isEqualTo(id);
    }

    @Test
    void recoversWhenRedisIsKilledAndStartedAgain() throws Exception {
        engine.kill();
        awaitLoss();
        engine.restart();

        awaitDelivery();
    }

    @Test
    void recoversWhenRedisClosesItsConnections() throws Exception {
        List<String> before = clients();
        engine.ask("CLIENT KILL TYPE pubsub");
        engine.ask("CLIENT KILL TYPE normal");

        await().atMost(DEADLINE)
                .until(() -> clients().size() >= 2 && clients().stream().noneMatch(before::contains));
        awaitDelivery();
    }

    @Test
    void recoversWhenRedisIsSuspended() throws Exception {
        engine.freeze();
        awaitLoss();
        engine.thaw();

        awaitDelivery();
    }

    @Test
    void recoversWhenItsConnectionsAreHalfOpen() {
        proxy.swallow();
        awaitLoss();
        proxy.forward();

        awaitDelivery();
    }

    @Test
    void recoversWhenNewConnectionsWereHalfOpenToo() {
        proxy.swallow();
        awaitLoss();
        await().pollDelay(PATIENCE.answer().multipliedBy(2)).until(() -> true); // connects hang meanwhile
        proxy.forward();

        awaitDelivery();
    }

    @Test
    void sendFailsAtOnceWithoutAConnection() {
        proxy.swallow();
        awaitLoss();

        assertThat(publishing.sendAll(List.of(Request.cmd(Command.PING)))).isCompletedExceptionally();
        assertThatThrownBy(() ->
                        publishing.sendAll(List.of(Request.cmd(Command.PING))).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void staysClosedAfterStop() throws Exception {
        publishing.stop();
        subscribed.stop();

        await().atMost(DEADLINE).until(() -> clients().isEmpty());
        assertThat(publishing.connected()).isFalse();
    }

    private long idOfSubscriber() throws IOException {
        return engine.ask("CLIENT LIST TYPE pubsub")
                .lines()
                .filter(line -> line.startsWith("id="))
                .map(line -> Long.parseLong(line.substring("id=".length(), line.indexOf(' '))))
                .reduce((one, other) -> {
                    throw new IllegalStateException("two subscribers");
                })
                .orElseThrow();
    }

    private void awaitLoss() {
        await().atMost(DEADLINE).until(() -> !subscribed.connected() && !publishing.connected());
    }

    /** Publishes until something arrives: what is sent while a connection is missing is lost. */
    private void awaitDelivery() {
        received.clear();
        await().atMost(DEADLINE).until(() -> {
            publish(DELIVERED);
            return received.contains(DELIVERED);
        });
    }

    private void publish(String text) {
        var unused = publishing.send(Request.cmd(Command.PUBLISH).arg("topic").arg(text));
    }

    /** The ids of the clients with a name or a subscription, without the one that asks. */
    private List<String> clients() throws IOException {
        return engine.ask("CLIENT LIST")
                .lines()
                .filter(line -> line.startsWith("id=") && !line.contains("cmd=client"))
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }
}
