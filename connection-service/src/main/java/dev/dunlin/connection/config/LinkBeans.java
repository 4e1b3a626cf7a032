package dev.dunlin.connection.config;

import dev.dunlin.connection.handshake.Admissions;
import dev.dunlin.connection.handshake.http.RequestCredentials;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.rate.FrameLimits;
import dev.dunlin.connection.transport.http.StreamContext;
import dev.dunlin.connection.transport.http.StreamRoutes;
import dev.dunlin.connection.transport.websocket.WebSocketContext;
import dev.dunlin.connection.transport.websocket.WebSocketHandshake;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Wires the transports. */
public final class LinkBeans {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    @Produces
    @Singleton
    WebSocketHandshake webSockets(
            Admissions admissions,
            RequestCredentials credentials,
            InstantSource clock,
            FrameLimits limits,
            ConnectionMetrics metrics,
            @ConfigProperty(name = "quarkus.websockets-next.server.max-message-size") int closedBytes) {
        WebSocketContext context =
                new WebSocketContext(clock, limits.maxFrameBytes(), closedBytes, CLOSE_WITHIN, metrics);
        return new WebSocketHandshake(admissions, credentials, context);
    }

    @Produces
    @Singleton
    StreamRoutes streams(
            Admissions admissions,
            RequestCredentials credentials,
            Vertx vertx,
            InstantSource clock,
            ConnectionSettings settings) {
        StreamContext context = new StreamContext(
                vertx, clock, settings.streams().retry(), settings.streams().pollBytes());
        return new StreamRoutes(admissions, credentials, context);
    }
}
