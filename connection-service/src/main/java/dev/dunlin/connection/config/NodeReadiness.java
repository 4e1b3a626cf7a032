package dev.dunlin.connection.config;

import dev.dunlin.connection.bus.redis.RedisBus;
import dev.dunlin.connection.drain.Readiness;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Ready when the node has started, which ends with the first connection to the bus, and does not
 * drain. An engine that becomes unreachable later does not change it: all nodes would leave the
 * gateway at once, although their links stay open.
 */
@Singleton
@org.eclipse.microprofile.health.Readiness
final class NodeReadiness implements HealthCheck {
    private final RedisBus bus;
    private final Readiness readiness;

    @Inject
    NodeReadiness(RedisBus bus, Readiness readiness) {
        this.bus = bus;
        this.readiness = readiness;
    }

    @Override
    public HealthCheckResponse call() {
        boolean started = bus.hasConnected();
        return HealthCheckResponse.named("started and not draining")
                .withData("started", started)
                .withData("bus", bus.connected())
                .withData("draining", readiness.draining())
                .status(started && !readiness.draining())
                .build();
    }
}
