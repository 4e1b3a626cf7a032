package dev.dunlin.push.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.engines.testing.FcmEndpoint;
import dev.dunlin.engines.testing.apns.ApnsEndpoint;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Alerts;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.Target.Apns.Environment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayWiringIT {
    private static final String TOPIC = "com.example.chat";

    @SuppressWarnings("NullAway.Init")
    private Vertx vertx;

    @SuppressWarnings("NullAway.Init")
    private MeterRegistry metrics;

    private final Path directory;
    private final Path key;
    private final Path account;

    GatewayWiringIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.key = directory.resolve("AuthKey_ABCDE12345.p8");
        this.account = directory.resolve("firebase.json");
        try (ApnsEndpoint apple = ApnsEndpoint.start(directory.resolve("apple"));
                FcmEndpoint google = FcmEndpoint.start(directory.resolve("google"))) {
            apple.key(key, "ABCDE12345", TOPIC);
            google.account(account);
        }
    }

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        metrics = new SimpleMeterRegistry();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void withoutFilesThereIsNoGateway() {
        GatewayWiring.Gateways gateways = gateways(Map.of());
        assertThat(gateways.apns()).isEmpty();
        assertThat(gateways.fcm()).isEmpty();
        assertThat(metrics.find("dunlin.push.key.age").gauges()).isEmpty();
    }

    @Test
    void bothGatewaysDeliverAndTheAgesOfTheirKeysAreMeasured() throws IOException {
        Path ofGoogle = directory.resolve("ours.json");
        Path ofApple = directory.resolve("AuthKey_FGHIJ67890.p8");
        try (ApnsEndpoint apple = ApnsEndpoint.start(directory.resolve("apple"));
                FcmEndpoint google = FcmEndpoint.start(directory.resolve("google"))) {
            apple.key(ofApple, "FGHIJ67890", TOPIC);
            google.account(ofGoogle);
            GatewayWiring.Gateways gateways = gateways(Map.of(
                    "apns.key-file", ofApple.toString(),
                    "apns.team-id", ApnsEndpoint.TEAM,
                    "apns.topics", TOPIC + ",com.example.other",
                    "apns.sandbox-host", apple.host(),
                    "apns.trust-file", apple.certificate().certificate().toString(),
                    "fcm.service-account-file", ofGoogle.toString(),
                    "fcm.host", google.host(),
                    "fcm.trust-file", google.certificate().certificate().toString()));
            Target.Apns phone = new Target.Apns(apple.device(1, TOPIC), TOPIC, Environment.SANDBOX);
            assertThat(gateways.apns().orElseThrow().deliver(Alerts.saying("hi"), device(phone), phone))
                    .isEqualTo(new Outcome.Delivered());
            Target.Fcm android = new Target.Fcm(google.device("android"));
            assertThat(gateways.fcm().orElseThrow().deliver(Alerts.saying("hi"), device(android), android))
                    .isEqualTo(new Outcome.Delivered());
            assertThat(apple.complaints()).isEmpty();
            assertThat(google.complaints()).isEmpty();
        }
        assertThat(metrics.get("dunlin.push.key.age").gauges())
                .hasSize(2)
                .allSatisfy(age -> assertThat(age.value()).isBetween(0.0, 120.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apns.team-id | '' | dunlin.push.apns.team-id=: must be 10 capital letters and digits",
                "apns.team-id | team | dunlin.push.apns.team-id=team: must be 10 capital letters and digits",
                "apns.key-id | short | dunlin.push.apns.key-id=short: must be 10 capital letters",
                "apns.topics | a b | dunlin.push.apns.topics=a b: must be ids of apps",
                "apns.host | https://x/y | dunlin.push.apns.host=https://x/y: must be a host name",
                "apns.trust-file | /nowhere | dunlin.push.apns.trust-file=/nowhere: must be a readable PEM file",
                "apns.key-file | /nowhere | dunlin.push.apns.key-file=/nowhere: must be a readable file",
                "fcm.host | a/b | dunlin.push.fcm.host=a/b: must be a host name",
                "fcm.service-account-file | /nowhere | dunlin.push.fcm.service-account-file=/nowhere: must be"
            })
    void aWrongSettingStopsTheStartWithOneLine(String setting, String value, String line) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "apns.key-file", key.toString(),
                "apns.team-id", ApnsEndpoint.TEAM,
                "fcm.service-account-file", account.toString()));
        settings.put(setting, value);
        assertThatThrownBy(() -> gateways(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(line);
    }

    @Test
    void aPushServiceThatIsNoHostStopsTheStart() {
        PushConfig config = config(Map.of("providers.services", "push.example,https://ntfy.example/"));
        assertThatThrownBy(() -> new GatewayWiring().providers(config, Clock.systemUTC(), new SecureRandom(), metrics))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "dunlin.push.providers.services=https://ntfy.example/: must be names of hosts, with *.");
    }

    @Test
    void aFileThatIsNoKeyStopsTheStartWithoutItsContent() throws IOException {
        Path broken = Files.writeString(directory.resolve("AuthKey_BROKEN1234.p8"), "a secret that is no key");
        assertThatThrownBy(
                        () -> gateways(Map.of("apns.key-file", broken.toString(), "apns.team-id", ApnsEndpoint.TEAM)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not one PEM block")
                .hasMessageNotContaining("secret that");
        Path empty = Files.writeString(directory.resolve("a.json"), "{\"project_id\":\"p\",\"private_key\":\"x\"}");
        assertThatThrownBy(() -> gateways(Map.of("fcm.service-account-file", empty.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("client_email: is required");
    }

    private GatewayWiring.Gateways gateways(Map<String, String> settings) {
        return new GatewayWiring().gateways(config(settings), vertx, Clock.systemUTC(), metrics);
    }

    private static PushConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        settings.forEach((name, value) -> all.put("dunlin.push." + name, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PushConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(PushConfig.class);
    }

    private static Device device(Target target) {
        return new Device(new DeviceId(new UUID(1, 2)), new UserId("bob"), target, Prefs.NONE, Instant.EPOCH);
    }
}
