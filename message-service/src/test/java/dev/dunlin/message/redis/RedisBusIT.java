package dev.dunlin.message.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.edge.redis.Patience;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.OwnRedis;
import dev.dunlin.message.command.Bus.Publication;
import dev.dunlin.protocol.bus.BusChannel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that stands still (SIGSTOP) and goes on. */
@BesideQuarkus
class RedisBusIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final Counter lost = new SimpleMeterRegistry().counter("lost");
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private OwnRedis engine;
    private RedisBus bus;

    @BeforeEach
    void start() throws Exception {
        engine = OwnRedis.start();
        Redis redis = Redis.createClient(vertx, engine.uri());
        RedisConnection subscriber =
                redis.connect().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        subscriber.handler(push -> {
            if (push.size() == 3 && push.get(0).toString().equals("message")) {
                received.add(push.get(2).toString());
            }
        });
        subscriber
                .send(Request.cmd(Command.SUBSCRIBE).arg("ch:a"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        bus = new RedisBus(vertx, redis, new Patience(TIMEOUT, TIMEOUT), lost);
        bus.start().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        bus.stop();
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void batchesArriveInOrder() throws Exception {
        publish("1", "2");
        publish("3");

        await().untilAsserted(() -> assertThat(received).containsExactly("1", "2", "3"));
    }

    @Test
    void aRedisThatStandsStillCostsOneTimeoutAndIsFoundAgain() throws Exception {
        publish("before");
        engine.freeze();

        long start = System.nanoTime();
        publish("lost");
        for (int i = 0; i < 1_000; i++) {
            publish("lost too");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(took).isLessThan(TIMEOUT.multipliedBy(3));
        assertThat(lost.count()).isEqualTo(1_001);
        assertThat(bus.connected()).isFalse();
        engine.thaw();
        await().atMost(Duration.ofSeconds(20)).until(bus::connected);
        publish("after");
        await().untilAsserted(() -> assertThat(received).contains("before", "after"));
    }

    private void publish(String... texts) throws Exception {
        bus.publish(List.of(texts).stream()
                        .map(text -> new Publication(BusChannel.named("ch:a"), text.getBytes(StandardCharsets.UTF_8)))
                        .toList())
                .get(10, TimeUnit.SECONDS);
    }
}
