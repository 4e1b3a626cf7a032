package dev.dunlin.push.delivery.apns;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.KeyFile;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.delivery.vertx.VertxProviderClient;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.Target.Apns.Environment;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The gateway to APNs as the service wires it, against a server on this machine. */
final class ApnsWorld implements AutoCloseable {
    static final String TOPIC = "com.example.chat";

    private final Vertx vertx = Vertx.vertx();
    private final ApnsDelivery delivery;

    ApnsWorld(String host, Path keyFile, Path trust, Clock clock, Duration timeout, int connections)
            throws IOException {
        KeyFile<ApnsKey> keys = new KeyFile<>(keyFile, (real, pem) -> ApnsKey.of(real, pem, Optional.empty()), clock);
        this.delivery = new ApnsDelivery(
                keys,
                new ApnsDelivery.Settings(
                        "DUNLINTEAM",
                        Set.of(TOPIC, "com.example.other"),
                        new ApnsHosts(host, "localhost:1"),
                        Duration.ofHours(24)),
                () -> new VertxProviderClient(vertx, timeout, connections, 64, Optional.of(trust)),
                clock);
    }

    Outcome deliver(Push push, String token) {
        return deliver(push, token, TOPIC);
    }

    Outcome deliver(Push push, String token, String topic) {
        Target.Apns target = new Target.Apns(token, topic, Environment.PRODUCTION);
        Device device = new Device(new DeviceId(new UUID(1, 2)), new UserId("bob"), target, Prefs.NONE, Instant.EPOCH);
        return delivery.deliver(push, device, target);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
