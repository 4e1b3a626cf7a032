package dev.dunlin.edge;

import dev.dunlin.edge.config.TokenClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The time until the service token expires, as a metric and in the data of readiness. It never
 * makes the service unready: all services share one token. Taking all of them out of the gateway
 * would stop what works without it.
 */
@Readiness
@Singleton
final class ServiceTokenHealth implements HealthCheck {
    private final ServiceTokenFile file;
    private final TokenClock clock;

    ServiceTokenHealth(ServiceTokenFile file, TokenClock clock) {
        this.file = file;
        this.clock = clock;
    }

    void measure(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder(
                        "dunlin.service.token.life",
                        this,
                        health -> health.remaining()
                                .map(Duration::toSeconds)
                                .map(Long::doubleValue)
                                .orElse(Double.NaN))
                .baseUnit("seconds")
                .description("Time until the service token expires; negative after that")
                .register(registry);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("service token").up();
        return remaining()
                .map(life ->
                        response.withData("expiresInSeconds", life.toSeconds()).withData("expired", life.isNegative()))
                .orElseGet(() -> response.withData("readable", false))
                .build();
    }

    private Optional<Duration> remaining() {
        return file.remaining(clock.source().instant());
    }
}
