package dev.dunlin.message.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.NamespacePolicy.Publish;
import dev.dunlin.message.namespace.NamespacePolicy.Read;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.protocol.http.PresenceMode;
import dev.dunlin.protocol.http.PushMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NamespaceSettingsTest {
    private static final int USUAL_BYTES = 65_536;

    @Test
    void theShippedNamespacesDoWhatTheProtocolSays() throws IOException {
        assertThat(read(Map.of()).policies().values())
                .containsExactlyInAnyOrder(
                        new NamespacePolicy(
                                "dm",
                                true,
                                Read.MEMBERS,
                                Publish.MEMBERS,
                                PresenceMode.MEMBERS,
                                PushMode.ALL,
                                null,
                                USUAL_BYTES),
                        new NamespacePolicy(
                                "group",
                                true,
                                Read.MEMBERS,
                                Publish.MEMBERS,
                                PresenceMode.MEMBERS,
                                PushMode.ALL,
                                null,
                                USUAL_BYTES),
                        new NamespacePolicy(
                                "live",
                                true,
                                Read.OPEN,
                                Publish.SERVER,
                                PresenceMode.COUNT,
                                PushMode.NONE,
                                true,
                                false,
                                Duration.ofHours(24),
                                USUAL_BYTES),
                        new NamespacePolicy(
                                "room",
                                true,
                                Read.OPEN,
                                Publish.ANYONE,
                                PresenceMode.SUBSCRIBERS,
                                PushMode.NONE,
                                null,
                                USUAL_BYTES),
                        new NamespacePolicy(
                                "signal",
                                false,
                                Read.OPEN,
                                Publish.ANYONE,
                                PresenceMode.SUBSCRIBERS,
                                PushMode.NONE,
                                null,
                                USUAL_BYTES));
    }

    @Test
    void aNamespaceOfOnesOwnStandsBesideTheShipped() throws IOException {
        Namespaces namespaces = read(Map.of("dunlin.namespaces.ops.max-message-bytes", "1000"));

        assertThat(namespaces.policies()).hasSize(6);
        assertThat(namespaces.policies().get("ops"))
                .isEqualTo(new NamespacePolicy(
                        "ops", true, Read.MEMBERS, Publish.MEMBERS, PresenceMode.NONE, PushMode.NONE, null, 1_000));
    }

    @Test
    void eventsArePublishedWherePushIsOnAndWhereTheyAreAskedFor() throws IOException {
        Namespaces namespaces = read(Map.of("dunlin.namespaces.live.events", "true"));

        assertThat(namespaces.policies().values().stream()
                        .filter(NamespacePolicy::events)
                        .map(NamespacePolicy::namespace))
                .containsExactlyInAnyOrder("dm", "group", "live");
    }

    @Test
    void aPolicyThatCannotBeKeptStopsTheStartAndNamesItsNamespace() {
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.room.max-message-bytes", "0")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("dunlin.namespaces.room.max-message-bytes: must be 1 to 900000, and not 0");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.room.retention", "0s")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("dunlin.namespaces.room.retention: must be longer than nothing, and not PT0S");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.signal.retention", "1h")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("dunlin.namespaces.signal.retention: must be left out");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.signal.conflate", "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("dunlin.namespaces.signal.conflate: must be false");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.dm.events", "false")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("dunlin.namespaces.dm.events: must be true where push is not none, and not false");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.room.read", "nobody")))
                .hasMessageContainingAll("dunlin.namespaces.room.read", "nobody", "open", "members");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.signal.read", "members")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dunlin.namespaces.signal.read, publish");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.signal.presence", "members")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("dunlin.namespaces.signal.presence: cannot be members unless durable");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.room.last", "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("dunlin.namespaces.room.last: must be false unless durable is false");
        assertThatThrownBy(() -> read(
                        Map.of("dunlin.namespaces.signal.last", "true", "dunlin.namespaces.signal.presence", "count")))
                .hasMessageStartingWith("dunlin.namespaces.signal.last: must be false unless");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.room.presence", "maybe")))
                .hasMessageContainingAll("dunlin.namespaces.room.presence", "subscribers", "maybe");
        assertThatThrownBy(() -> read(Map.of("dunlin.namespaces.room.push", "some")))
                .hasMessageContainingAll("dunlin.namespaces.room.push", "must be all, mentions or none, and not some");
    }

    @Test
    void aPresenceThatWasWrittenAsABooleanKeepsItsMeaning() throws IOException {
        Namespaces namespaces =
                read(Map.of("dunlin.namespaces.dm.presence", "true", "dunlin.namespaces.room.presence", "false"));

        assertThat(Objects.requireNonNull(namespaces.policies().get("dm")).presence())
                .isEqualTo(PresenceMode.MEMBERS);
        assertThat(Objects.requireNonNull(namespaces.policies().get("room")).presence())
                .isEqualTo(PresenceMode.NONE);
    }

    @Test
    void aPushThatWasWrittenAsABooleanKeepsItsMeaning() throws IOException {
        Namespaces namespaces =
                read(Map.of("dunlin.namespaces.room.push", "true", "dunlin.namespaces.dm.push", "false"));

        assertThat(policy(namespaces, "room").push()).isEqualTo(PushMode.ALL);
        assertThat(policy(namespaces, "room").events()).isTrue();
        assertThat(policy(namespaces, "dm").push()).isEqualTo(PushMode.NONE);
        assertThat(policy(namespaces, "dm").events()).isFalse();
    }

    @Test
    void eventsOfANamespaceThatNotifiesOfMentionsArePublished() throws IOException {
        Namespaces namespaces = read(Map.of("dunlin.namespaces.room.push", " Mentions "));

        assertThat(policy(namespaces, "room").push()).isEqualTo(PushMode.MENTIONS);
        assertThat(policy(namespaces, "room").events()).isTrue();
        assertThatThrownBy(() -> read(
                        Map.of("dunlin.namespaces.room.push", "mentions", "dunlin.namespaces.room.events", "false")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("dunlin.namespaces.room.events: must be true where push is not none, and not false");
    }

    private static NamespacePolicy policy(Namespaces namespaces, String name) {
        return Objects.requireNonNull(namespaces.policies().get(name));
    }

    @Test
    void anEphemeralNamespaceMayKeepTheLastSignals() throws IOException {
        Namespaces namespaces = read(Map.of("dunlin.namespaces.signal.last", "true"));

        assertThat(Objects.requireNonNull(namespaces.policies().get("signal")).last())
                .isTrue();
    }

    private static Namespaces read(Map<String, String> given) throws IOException {
        URL shipped = Objects.requireNonNull(
                Thread.currentThread().getContextClassLoader().getResource("application.properties"));
        return Settings.namespaces(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(shipped), new PropertiesConfigSource(given, "given", 1_000))
                .withMapping(NamespaceSettings.class)
                .build()
                .getConfigMapping(NamespaceSettings.class));
    }
}
