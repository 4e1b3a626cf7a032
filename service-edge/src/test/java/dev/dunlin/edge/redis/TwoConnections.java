package dev.dunlin.edge.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** One connection that subscribes to some channels and one that publishes to them. */
final class TwoConnections {
    static final Patience PATIENCE = new Patience(Duration.ofSeconds(2), Duration.ofMillis(200));
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final List<String> CHANNELS =
            IntStream.range(0, 12).mapToObj(i -> "topic-" + i).toList();

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final PinnedConnection subscribed;
    private final PinnedConnection commands;

    private TwoConnections(RedisOptions options) {
        Redis redis = Redis.createClient(
                vertx,
                options.setMaxWaitingHandlers(16_384)
                        .setNetClientOptions(new NetClientOptions().setReadIdleTimeout(3)));
        subscribed = new PinnedConnection("subscriptions", vertx, redis, PATIENCE, new Subscriber());
        commands = new PinnedConnection("commands", vertx, redis, PATIENCE, new PinnedConnection.Listener() {});
    }

    private final class Subscriber implements PinnedConnection.Listener {
        @Override
        public void connected() {
            CHANNELS.forEach(channel -> subscribed.sendPubSub(Command.SUBSCRIBE, List.of(channel)));
        }

        @Override
        public void received(Response push) {
            if (push.get(0).toString().equals("message")) {
                received.add(push.get(1) + " " + push.get(2));
            }
        }
    }

    /** Waits until what is published on each channel arrives. */
    static TwoConnections open(RedisOptions options) throws InterruptedException, ExecutionException, TimeoutException {
        TwoConnections opened = new TwoConnections(options);
        try {
            CompletableFuture.allOf(opened.subscribed.start(), opened.commands.start())
                    .get(10, TimeUnit.SECONDS);
            opened.awaitDelivery();
            return opened;
        } catch (RuntimeException | InterruptedException | ExecutionException | TimeoutException | AssertionError e) {
            opened.close();
            throw e;
        }
    }

    PinnedConnection commands() {
        return commands;
    }

    PinnedConnection subscribed() {
        return subscribed;
    }

    List<String> channels() {
        return CHANNELS;
    }

    /** What arrived since {@link #awaitDelivery}, each as {@code CHANNEL TEXT}. */
    List<String> received() {
        return List.copyOf(received);
    }

    CompletableFuture<Response> publish(String channel, String text) {
        return commands.send(Request.cmd(Command.PUBLISH).arg(channel).arg(text));
    }

    /** Publishes until it arrives on each channel: what is sent without a connection is lost. */
    void awaitDelivery() {
        for (String channel : CHANNELS) {
            await().atMost(DEADLINE).until(() -> {
                var unused = publish(channel, "delivered");
                return received.contains(channel + " delivered");
            });
        }
        String last = "end of " + System.nanoTime();
        for (String channel : CHANNELS) {
            var unused = publish(channel, last);
        }
        await().atMost(DEADLINE)
                .until(() -> CHANNELS.stream().allMatch(channel -> received.contains(channel + " " + last)));
        received.clear();
    }

    void awaitLoss() {
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(List.of(subscribed, commands)).noneMatch(PinnedConnection::connected));
    }

    /** Repeats a batch until Redis answers it. */
    List<Response> awaitAnswers(List<Request> batch) {
        return await().atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> commands.sendAll(batch).get(5, TimeUnit.SECONDS), answers -> true);
    }

    void close() throws InterruptedException, ExecutionException, TimeoutException {
        subscribed.stop();
        commands.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
