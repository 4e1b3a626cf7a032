package dev.dunlin.message.config;

import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.command.LogHealth;
import dev.dunlin.message.kafka.CommandConsumer;
import dev.dunlin.message.redis.RedisBus;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the group has accepted this process, commands are taken, and no batch waits for a
 * store or a Kafka that fails. The log does not need the bus.
 */
@Singleton
@Readiness
public class LogReadiness implements HealthCheck {
    private final CommandConsumer commands;
    private final LogHealth health;
    private final RedisBus bus;
    private final CommandProcessor processor;

    LogReadiness(CommandConsumer commands, LogHealth health, RedisBus bus, CommandProcessor processor) {
        this.commands = commands;
        this.health = health;
        this.bus = bus;
        this.processor = processor;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("the log")
                .withData("commands", commands.running())
                .withData("in the group", commands.joined())
                .withData("bus", bus.connected())
                .status(commands.running()
                        && commands.joined()
                        && health.trouble().isEmpty());
        health.trouble()
                .ifPresent(trouble -> response.withData("failing", trouble.why())
                        .withData("since", trouble.since().toString())
                        .withData("batches waiting", processor.inFlight()));
        return response.build();
    }
}
