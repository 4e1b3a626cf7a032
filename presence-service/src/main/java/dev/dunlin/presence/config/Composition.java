package dev.dunlin.presence.config;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.protocol.frame.Device;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Makes the clock and the settings that the features get. */
final class Composition {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Validated before anything else starts. */
    @Produces
    @Singleton
    @Startup(Integer.MIN_VALUE)
    PresenceSettings settings(PresenceConfig config) {
        try {
            return new PresenceSettings(
                    graces(config),
                    config.leaseMargin(),
                    config.tombstone(),
                    config.seenFor(),
                    config.seenUsers(),
                    config.visibleTo(),
                    config.relationsKept(),
                    config.listedUsers(),
                    config.members());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static Map<Device, Duration> graces(PresenceConfig config) {
        return Map.of(
                Device.WEB, config.graceWeb().orElse(config.grace()),
                Device.MOBILE, config.graceMobile().orElse(config.grace()),
                Device.DESKTOP, config.graceDesktop().orElse(config.grace()));
    }
}
