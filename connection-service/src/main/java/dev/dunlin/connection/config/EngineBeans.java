package dev.dunlin.connection.config;

import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.bus.BusWatchdog;
import dev.dunlin.connection.bus.redis.RedisBus;
import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.connection.lease.redis.RedisNodeLease;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.loop.vertx.VertxHubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.ticket.Tickets;
import dev.dunlin.connection.ticket.redis.RedisTickets;
import dev.dunlin.edge.redis.Patience;
import dev.dunlin.protocol.NodeId;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Wires what uses Redis and Kafka. */
public final class EngineBeans {
    /** Shorter than {@code quarkus.redis.tcp.read-idle-timeout}. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(3);

    @Produces
    @Singleton
    RedisBus redisBus(Redis redis, ConnectionSettings settings, VertxHubLoop loop) {
        // The watchdog probes the whole way and counts what it finds, so it comes first.
        Duration afterTheWatchdog =
                settings.bus().timeout().plus(settings.bus().probe().multipliedBy(2));
        return new RedisBus(loop.context(), redis, new Patience(afterTheWatchdog, KEEP_ALIVE), loop);
    }

    @Produces
    @Singleton
    BusSubscriptions busSubscriptions(Bus bus, ConnectionMetrics metrics) {
        return new BusSubscriptions(bus, metrics);
    }

    @Produces
    @Singleton
    BusWatchdog watchdog(
            Bus bus,
            BusSubscriptions busSubscriptions,
            NodeId node,
            HubLoop loop,
            SecureRandom random,
            ConnectionSettings settings,
            ConnectionMetrics metrics) {
        return new BusWatchdog(
                bus,
                busSubscriptions,
                node,
                loop,
                random,
                new BusWatchdog.Patience(settings.bus().probe(), settings.bus().timeout()),
                metrics);
    }

    @Produces
    @Singleton
    NodeLease lease(Redis redis, NodeLife life, InstantSource clock) {
        return new RedisNodeLease(redis, life, clock);
    }

    @Produces
    @Singleton
    Tickets tickets(Redis redis, SecureRandom random, InstantSource clock, ConnectionSettings settings) {
        return new RedisTickets(redis, random, clock, settings.handshake().ticketsPerUser());
    }

    @Produces
    @Singleton
    KafkaRecords records(
            @Identifier("default-kafka-broker") Map<String, Object> common,
            ConnectionSettings settings,
            MeterRegistry registry) {
        return new KafkaRecords(common, settings.publish().queue(), registry);
    }

    void close(@Disposes KafkaRecords records) {
        records.close();
    }
}
