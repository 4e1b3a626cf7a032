package dev.dunlin.presence.config;

import dev.dunlin.presence.PresenceSettings;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

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
                    config.grace(),
                    config.leaseMargin(),
                    config.tombstone(),
                    config.seenFor(),
                    config.seenUsers(),
                    config.listedUsers(),
                    config.members());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }
}
