package dev.dunlin.push.world;

import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.push.delivery.webpush.Pems;
import dev.dunlin.push.device.P256;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The other services and a push endpoint around the service under test. Sets each field
 * {@code World} of a test.
 */
public final class WorldResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable World world;

    @Override
    public Map<String, String> start() {
        try {
            Path key = Files.createTempFile("vapid", ".pem");
            Files.writeString(key, Pems.of(P256.newKeyPair()));
            Peers peers = Peers.start();
            World started = new World(peers, PushEndpoint.start(), new ChannelEvents(peers));
            world = started;
            return Map.ofEntries(
                    Map.entry(
                            "quarkus.rest-client.message-service.url",
                            started.peers().url()),
                    Map.entry(
                            "quarkus.rest-client.presence-service.url",
                            started.peers().url()),
                    Map.entry("dunlin.push.allow-private-addresses", "true"),
                    Map.entry("dunlin.push.delay", "1s"),
                    Map.entry("dunlin.push.delivery.poll", "50ms"),
                    Map.entry("dunlin.push.retry.first", "200ms"),
                    Map.entry("dunlin.push.collapse", "3s"),
                    Map.entry("dunlin.push.away-after", "4s"),
                    Map.entry("dunlin.push.devices-per-user", "3"),
                    Map.entry("dunlin.push.device-bytes-per-user", "200000"),
                    Map.entry("dunlin.push.vapid.key-file", key.toString()),
                    Map.entry("dunlin.push.vapid.subject", "mailto:ops@dunlin.example"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(world, new TestInjector.MatchesType(World.class));
    }

    @Override
    public void stop() {
        if (world != null) {
            world.close();
        }
    }
}
