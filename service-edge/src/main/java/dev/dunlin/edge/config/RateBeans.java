package dev.dunlin.edge.config;

import dev.dunlin.edge.rate.ClientAddress;
import dev.dunlin.edge.rate.HttpSettings;
import dev.dunlin.edge.rate.RateSettings;
import dev.dunlin.edge.rate.RequestRates;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The request rates of a process. */
public final class RateBeans {
    @Produces
    @Singleton
    RequestRates rates(RateSettings settings, MeterRegistry registry) {
        return new RequestRates(settings, InstantSource.system(), registry);
    }

    @Produces
    @Singleton
    ClientAddress addresses(HttpSettings settings) {
        return new ClientAddress(settings.forwardedFor());
    }
}
