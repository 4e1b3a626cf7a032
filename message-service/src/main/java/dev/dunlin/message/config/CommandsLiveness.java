package dev.dunlin.message.config;

import dev.dunlin.message.kafka.CommandConsumer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A process whose consumer thread has ended takes no commands; only a restart helps. */
@Singleton
@Liveness
public class CommandsLiveness implements HealthCheck {
    private final CommandConsumer commands;

    CommandsLiveness(CommandConsumer commands) {
        this.commands = commands;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("commands are taken")
                .status(commands.running())
                .build();
    }
}
