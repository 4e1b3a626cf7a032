package dev.dunlin.presence.config;

import dev.dunlin.presence.kafka.SessionConsumer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A process whose consumer thread has ended serves no shards; only a restart helps. */
@Singleton
@Liveness
public class SessionsLiveness implements HealthCheck {
    private final SessionConsumer sessions;

    SessionsLiveness(SessionConsumer sessions) {
        this.sessions = sessions;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("shards are served")
                .status(sessions.running())
                .build();
    }
}
