package dev.dunlin.push.config;

import dev.dunlin.push.provider.GuardedProviders;
import dev.dunlin.push.provider.ProviderLimits;
import dev.dunlin.push.provider.micrometer.ProviderMeters;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** Wires the gateways to push providers. */
final class GatewayWiring {
    private static final int MOST_ORIGINS = 10_000;

    @Produces
    @Singleton
    GuardedProviders providers(PushConfig config, Clock clock, SecureRandom random, MeterRegistry metrics) {
        PushConfig.Providers limits = config.providers();
        GuardedProviders providers = new GuardedProviders(
                new ProviderLimits(limits.concurrency(), limits.concurrencyEndpoint(), limits.failures(), MOST_ORIGINS),
                clock,
                random);
        ProviderMeters.register(providers, metrics);
        return providers;
    }
}
