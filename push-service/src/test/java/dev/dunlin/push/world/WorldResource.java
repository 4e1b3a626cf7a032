package dev.dunlin.push.world;

import static java.util.Map.entry;

import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.push.delivery.webpush.Pems;
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
            Files.writeString(key, Pems.of(Pems.newKeyPair()));
            Path keys = Files.createTempDirectory("vapid");
            Files.writeString(keys.resolve("2026-01.pem"), Pems.of(Pems.newKeyPair()));
            Peers peers = Peers.start();
            World started = new World(peers, PushEndpoint.start(), new ChannelEvents(peers));
            world = started;
            return Map.ofEntries(
                    entry(
                            "quarkus.rest-client.message-service.url",
                            started.peers().url()),
                    entry(
                            "quarkus.rest-client.presence-service.url",
                            started.peers().url()),
                    entry("dunlin.push.allow-private-addresses", "true"),
                    entry("dunlin.push.delay", "1s"),
                    entry("dunlin.push.delivery.poll", "50ms"),
                    entry("dunlin.push.retry.first", "200ms"),
                    entry("dunlin.push.collapse", "3s"),
                    entry("dunlin.push.away-after", "8s"),
                    entry("dunlin.push.providers.concurrency-endpoint", "64"),
                    entry("dunlin.push.devices-per-user", "3"),
                    entry("dunlin.push.device-bytes-per-user", "200000"),
                    entry("dunlin.push.vapid.key-file", key.toString()),
                    entry("dunlin.push.vapid.keys", keys.toString()),
                    entry("dunlin.push.vapid.subject", "mailto:ops@dunlin.example"));
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
