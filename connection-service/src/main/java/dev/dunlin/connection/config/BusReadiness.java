package dev.dunlin.connection.config;

import dev.dunlin.connection.bus.redis.RedisBus;
import dev.dunlin.connection.drain.Readiness;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready when the bus stands and the node does not drain. */
@Singleton
@org.eclipse.microprofile.health.Readiness
public class BusReadiness implements HealthCheck {
    private final RedisBus bus;
    private final Readiness readiness;

    @Inject
    BusReadiness(RedisBus bus, Readiness readiness) {
        this.bus = bus;
        this.readiness = readiness;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("bus and drain")
                .withData("bus", bus.connected())
                .withData("draining", readiness.draining())
                .status(bus.connected() && !readiness.draining())
                .build();
    }
}
