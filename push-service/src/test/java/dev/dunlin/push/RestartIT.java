package dev.dunlin.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.push.world.ChannelEvents;
import dev.dunlin.push.world.PackagedService;
import dev.dunlin.push.world.Peers;
import dev.dunlin.push.world.World;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged service, started, killed and started again. */
class RestartIT {
    private static final String DATABASE = "push_restart";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of(
            "mp.messaging.incoming.channel-events.group.id", "push-service-restart",
            "mp.messaging.incoming.user-events.group.id", "push-service-users-restart",
            "dunlin.push.allow-private-addresses", "true",
            "dunlin.push.webhook.enabled", "true",
            "dunlin.push.delay", "5s");

    private final TestEngines engines = TestEngines.join();

    @SuppressWarnings("NullAway.Init")
    private World world;

    @BeforeEach
    void start() throws IOException {
        engines.freshDatabase(DATABASE);
        Peers peers = Peers.start();
        world = new World(peers, PushEndpoint.start(), new ChannelEvents(peers));
    }

    @AfterEach
    void stop() {
        world.close();
        RestAssured.reset();
    }

    @Test
    void whatWaitedWhenTheProcessWasKilledIsDeliveredByTheNext() {
        world.peers().channel("group:restart", "alice", "bob");
        PushEndpoint.Hook hook;
        try (PackagedService first = PackagedService.start(DATABASE, world.peers(), SETTINGS)) {
            RestAssured.port = first.port();
            hook = world.hookOf("bob", "{}");
            world.events().message("group:restart", 1, "alice", "before the crash");
            await().atMost(SOON).until(() -> waiting() == 1);
        }
        assertThat(world.push().received(hook)).isEmpty();
        try (PackagedService second = PackagedService.start(DATABASE, world.peers(), SETTINGS)) {
            second.port();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(world.push().received(hook)).hasSize(1));
            assertThat(world.push().received(hook).getFirst().json()).contains("before the crash");
        }
    }

    @Test
    void aBadVapidKeyStopsTheStartWithOneLine() throws IOException {
        Path file = Files.writeString(Files.createTempFile("vapid", ".pem"), "no key");
        try (PackagedService service = PackagedService.start(
                DATABASE,
                world.peers(),
                Map.of("dunlin.push.vapid.key-file", file.toString(), "dunlin.push.vapid.subject", "mailto:a@b.c"))) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.log())
                    .contains("dunlin.push.vapid.key-file=" + file + ": must be a readable PEM file")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aBadKeyInTheDirectoryOfVapidKeysStopsTheStartWithOneLine() throws IOException {
        Path keys = Files.createTempDirectory("vapid");
        Path file = Files.writeString(keys.resolve("2026-01.pem"), "no key");
        try (PackagedService service = PackagedService.start(
                DATABASE,
                world.peers(),
                Map.of("dunlin.push.vapid.keys", keys.toString(), "dunlin.push.vapid.subject", "mailto:a@b.c"))) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.log())
                    .contains("dunlin.push.vapid.keys=" + file + ": must be a readable PEM file")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aProxyWithAPasswordInItsUrlStopsTheStartWithOneLineThatDoesNotRepeatIt() {
        Map<String, String> settings = Map.of("dunlin.push.proxy.url", "http://user:hunter2@proxy.example:3128");
        try (PackagedService service = PackagedService.start(DATABASE, world.peers(), settings)) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.log())
                    .contains("dunlin.push.proxy.url=...: must be http://host:port")
                    .doesNotContain("hunter2")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aValueThatIsNotAllowedStopsTheStartWithOneLine() {
        try (PackagedService service =
                PackagedService.start(DATABASE, world.peers(), Map.of("dunlin.push.retry.tries", "0"))) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.log())
                    .contains("dunlin.push.retry.tries=0: must be a whole number of 1 or more")
                    .doesNotContain("\tat ");
        }
    }

    private int waiting() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        engines.jdbcUrl(DATABASE), engines.databaseUser(), engines.databasePassword());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from push_pending where due_at is not null")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
