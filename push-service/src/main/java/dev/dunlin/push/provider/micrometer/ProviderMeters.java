package dev.dunlin.push.provider.micrometer;

import dev.dunlin.push.provider.GuardedProviders;
import dev.dunlin.push.provider.ProviderLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The gauges of {@link GuardedProviders}, by provider; all endpoints are one. */
public final class ProviderMeters {
    private ProviderMeters() {}

    /** Registers the gauges. */
    public static void register(GuardedProviders providers, MeterRegistry metrics) {
        for (String group : ProviderLimits.groups()) {
            Gauge.builder("dunlin.push.provider.open", providers, all -> all.open(group))
                    .description("Providers that are left alone after failures")
                    .tag("provider", group)
                    .register(metrics);
            Gauge.builder("dunlin.push.provider.places", providers, all -> all.taken(group))
                    .description("Deliveries under way")
                    .tag("provider", group)
                    .register(metrics);
        }
    }
}
