package dev.dunlin.presence.config;

import dev.dunlin.presence.PresenceSettings;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the features are given. */
final class Composition {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Checked before anything else starts. */
    @Produces
    @Singleton
    @Startup(Integer.MIN_VALUE)
    PresenceSettings settings(PresenceConfig config) {
        try {
            return new PresenceSettings(
                    config.grace(), config.leaseMargin(), config.tombstone(), config.listedUsers(), config.members());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }
}
