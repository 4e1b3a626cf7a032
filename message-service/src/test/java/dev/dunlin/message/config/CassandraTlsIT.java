package dev.dunlin.message.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.CassandraTests;
import dev.dunlin.engines.testing.SecureEngines;
import dev.dunlin.engines.testing.SelfSignedCertificate;
import dev.dunlin.message.cassandra.CassandraStore;
import dev.dunlin.message.command.StoreFailure;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The settings {@code dunlin.cassandra.*} on a Cassandra that wants TLS, a client's certificate and
 * a password.
 */
@BesideQuarkus
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CassandraTlsIT {
    private static final Duration START = Duration.ofMinutes(1);

    private final Map<String, String> good = new HashMap<>();
    private Path othersStore = Path.of("");
    private AutoCloseable engines = () -> {};

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        assumeTrue(CassandraTests.canRun());
        SelfSignedCertificate client = SelfSignedCertificate.make(directory.resolve("client"));
        SecureEngines cassandra = SecureEngines.cassandra(directory, client);
        engines = cassandra;
        othersStore = SelfSignedCertificate.trusting(directory.resolve("others.p12"), client);
        good.putAll(Map.of(
                "dunlin.cassandra.contact-points",
                "localhost:" + cassandra.port("cassandra"),
                "dunlin.cassandra.username",
                "cassandra",
                "dunlin.cassandra.password",
                "cassandra",
                "dunlin.cassandra.request-timeout",
                "10s",
                "dunlin.cassandra.tls",
                "true",
                "dunlin.cassandra.tls.trust-store",
                cassandra.trustStore().toString(),
                "dunlin.cassandra.tls.trust-store-password",
                client.password(),
                "dunlin.cassandra.tls.key-store",
                client.store().toString(),
                "dunlin.cassandra.tls.key-store-password",
                client.password()));
    }

    @AfterAll
    void stop() throws Exception {
        engines.close();
    }

    @Test
    void theRightNameAndCertificatesAndPasswordAreTaken() {
        try (CassandraStore store = open(Map.of())) {
            await().atMost(START).ignoreExceptionsInstanceOf(StoreFailure.class).untilAsserted(store::ping);
        }
    }

    @Test
    void aNodeWhoseCertificateHasAnotherNameIsRefused() {
        Map<String, String> byAddress = Map.of("dunlin.cassandra.contact-points", contactPoint("127.0.0.1"));
        assertThat(refusal(byAddress)).contains("TLS with a node failed").contains("127.0.0.1");
        Map<String, String> waived = new HashMap<>(byAddress);
        waived.put("dunlin.cassandra.tls.verify-host-name", "false");
        try (CassandraStore store = open(waived)) {
            await().atMost(START).ignoreExceptionsInstanceOf(StoreFailure.class).untilAsserted(store::ping);
        }
    }

    @Test
    void aNodeWhoseCertificateNobodyTrustsIsRefused() {
        assertThat(refusal(Map.of("dunlin.cassandra.tls.trust-store", othersStore.toString())))
                .contains("TLS with a node failed")
                // Both are of CN=localhost: it is only the key that differs.
                .contains("Signature does not match");
    }

    @Test
    void withoutAStoreOfItsOwnItTrustsWhatTheJvmTrusts() {
        Map<String, String> settings = new HashMap<>(good);
        settings.remove("dunlin.cassandra.tls.trust-store");
        settings.remove("dunlin.cassandra.tls.trust-store-password");
        assertThat(refusalOf(settings)).contains("unable to find valid certification path");
    }

    @Test
    void withoutACertificateOfItsOwnItIsRefused() {
        Map<String, String> settings = new HashMap<>(good);
        settings.remove("dunlin.cassandra.tls.key-store");
        settings.remove("dunlin.cassandra.tls.key-store-password");
        assertThat(refusalOf(settings)).isNotBlank();
    }

    @Test
    void aWrongPasswordIsSaidToBeOne() {
        assertThat(refusal(Map.of("dunlin.cassandra.password", "guessed"))).contains("the user was refused");
    }

    @Test
    void aStoreThatCannotBeReadStopsTheStartWithItsKey() {
        assertThatThrownBy(() -> open(Map.of("dunlin.cassandra.tls.trust-store", "/nowhere.p12")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("dunlin.cassandra.tls.trust-store: /nowhere.p12 cannot be read");
        assertThatThrownBy(() -> open(Map.of("dunlin.cassandra.tls.key-store-password", "guessed")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("dunlin.cassandra.tls.key-store: ");
        assertThatThrownBy(() -> open(Map.of("dunlin.cassandra.tls", "false")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("dunlin.cassandra.tls.trust-store: must not be there without dunlin.cassandra.tls=true");
    }

    private String contactPoint(String host) {
        return host + good.getOrDefault("dunlin.cassandra.contact-points", "").substring("localhost".length());
    }

    private String refusal(Map<String, String> other) {
        Map<String, String> settings = new HashMap<>(good);
        settings.putAll(other);
        return refusalOf(settings);
    }

    /** What a request says when the connection is refused. */
    private static String refusalOf(Map<String, String> settings) {
        settings.put("dunlin.cassandra.request-timeout", "1s");
        try (CassandraStore store = CassandraStore.open(settings(settings).options())) {
            StringBuilder said = new StringBuilder();
            await().atMost(START).untilAsserted(() -> {
                try {
                    store.ping();
                } catch (StoreFailure e) {
                    said.setLength(0);
                    said.append(e.getMessage());
                }
                assertThat(said).contains("was not reached yet").doesNotContain("nobody has answered");
            });
            return said.toString();
        }
    }

    private CassandraStore open(Map<String, String> other) {
        Map<String, String> settings = new HashMap<>(good);
        settings.putAll(other);
        return CassandraStore.open(settings(settings).options());
    }

    private static CassandraSettings settings(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .withMapping(CassandraSettings.class)
                .build()
                .getConfigMapping(CassandraSettings.class);
    }
}
