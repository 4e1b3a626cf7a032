package dev.dunlin.push.delivery.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Alerts;
import dev.dunlin.push.delivery.Answers;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.vertx.VertxPost;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.endpoint.EndpointGuard;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The push server of a UnifiedPush distributor: it knows RFC 8030 and passes RFC 8291 on, and does
 * not know VAPID.
 */
class DistributorIT {
    private static final int MOST_BYTES = 4096;
    private static final SubscriptionKeys KEYS = new SubscriptionKeys(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg");

    private final Vertx vertx = Vertx.vertx();
    private final List<Integer> accepted = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(answer(exchange), -1);
        }
    }

    private int answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean encrypted = "aes128gcm".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        boolean bounded =
                String.valueOf(exchange.getRequestHeaders().getFirst("TTL")).matches("[0-9]+");
        if (!encrypted || !bounded || body.length > MOST_BYTES) {
            return 400;
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/UP" -> {
                accepted.add(body.length);
                yield 201;
            }
            case "/deleted" -> 404;
            default -> 410;
        };
    }

    @Test
    void aDistributorTakesWhatABrowserWould() throws GeneralSecurityException {
        assertThat(deliver("/UP?token=a", "hi")).isEqualTo(new Outcome.Delivered());
        assertThat(deliver("/UP?token=b", "x".repeat(9000))).isEqualTo(new Outcome.Delivered());
        assertThat(accepted).hasSize(2);
    }

    @Test
    void aRegistrationThatTheDistributorDroppedIsGone() throws GeneralSecurityException {
        assertThat(deliver("/deleted", "hi")).isEqualTo(new Outcome.Gone("status 404", Optional.empty()));
        assertThat(deliver("/gone", "hi")).isEqualTo(new Outcome.Gone("status 410", Optional.empty()));
        assertThat(accepted).isEmpty();
    }

    private Outcome deliver(String path, String text) throws GeneralSecurityException {
        Endpoint endpoint =
                Endpoint.of("http://localhost:" + server.getAddress().getPort() + path);
        Target.WebPush target = new Target.WebPush(endpoint, KEYS, "default");
        Device device = new Device(new DeviceId(new UUID(1, 2)), new UserId("bob"), target, Prefs.NONE, Instant.EPOCH);
        VertxPost post = new VertxPost(
                vertx, new EndpointGuard(InetAddress::getAllByName, true), Duration.ofSeconds(5), Optional.empty(), 1);
        return new WebPushDelivery(
                        Pems.keys(Map.of("default", Pems.newKeyPair())),
                        Duration.ofHours(1),
                        post,
                        new Answers(Clock.systemUTC()),
                        new SecureRandom())
                .deliver(Alerts.saying(text), device, target);
    }
}
