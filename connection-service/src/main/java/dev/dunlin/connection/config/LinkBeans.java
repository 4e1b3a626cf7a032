package dev.dunlin.connection.config;

import dev.dunlin.connection.access.http.HttpChannelDirectory;
import dev.dunlin.connection.auth.TokenVerifier;
import dev.dunlin.connection.bus.BusTopics;
import dev.dunlin.connection.dispatch.Features;
import dev.dunlin.connection.dispatch.FrameLimits;
import dev.dunlin.connection.drain.Drain;
import dev.dunlin.connection.drain.Readiness;
import dev.dunlin.connection.handshake.Admissions;
import dev.dunlin.connection.handshake.AllowedOrigins;
import dev.dunlin.connection.handshake.WelcomeFacts;
import dev.dunlin.connection.handshake.http.RequestCredentials;
import dev.dunlin.connection.heartbeat.Heartbeat;
import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.connection.link.http.StreamRoutes;
import dev.dunlin.connection.link.http.StreamTools;
import dev.dunlin.connection.link.websocket.WebSocketHandshake;
import dev.dunlin.connection.link.websocket.WebSocketTools;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.session.SessionActivity;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.connection.ticket.Tickets;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.frame.ServerFrame;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How links come and go. */
public final class LinkBeans {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    @Produces
    @Singleton
    WelcomeFacts facts(NodeId node, ConnectionSettings settings, FrameLimits limits) {
        return new WelcomeFacts(
                node,
                settings.link().heartbeat(),
                new ServerFrame.Limits(
                        limits.maxMessageBytes(),
                        limits.publishPerSecond(),
                        settings.subscriptions().perSession()),
                settings.link().max(),
                settings.link().outboxBytes());
    }

    @Produces
    @Singleton
    Admissions admissions(
            TokenVerifier verifier,
            Tickets tickets,
            BusTopics topics,
            HubLoop loop,
            HttpChannelDirectory directory,
            SessionDirectory sessions,
            Readiness readiness,
            Features features,
            WelcomeFacts facts) {
        return new Admissions(verifier, tickets, topics, loop, directory, sessions, readiness, features, facts);
    }

    @Produces
    @Singleton
    WebSocketHandshake webSockets(
            Admissions admissions,
            RequestCredentials credentials,
            @VirtualThreads ExecutorService virtualThreads,
            InstantSource clock,
            FrameLimits limits,
            @ConfigProperty(name = "quarkus.websockets-next.server.max-message-size") int closedBytes) {
        WebSocketTools tools = new WebSocketTools(clock, limits.maxFrameBytes(), closedBytes, CLOSE_WITHIN);
        return new WebSocketHandshake(admissions, credentials, virtualThreads, tools);
    }

    @Produces
    @Singleton
    RequestCredentials credentials(ConnectionSettings settings) {
        return new RequestCredentials(
                new AllowedOrigins(settings.handshake().origins().orElse(List.of())));
    }

    @Produces
    @Singleton
    StreamRoutes streams(
            Admissions admissions,
            RequestCredentials credentials,
            @VirtualThreads ExecutorService virtualThreads,
            Vertx vertx,
            InstantSource clock,
            SecureRandom random,
            ConnectionSettings settings) {
        StreamTools tools = new StreamTools(
                vertx,
                clock,
                random,
                settings.streams().retry(),
                settings.drain().jitter(),
                settings.streams().pollBytes());
        return new StreamRoutes(admissions, credentials, virtualThreads, tools);
    }

    @Produces
    @Singleton
    Heartbeat heartbeat(HubLoop loop, InstantSource clock, ConnectionSettings settings) {
        return new Heartbeat(loop, clock, settings.link().heartbeat());
    }

    @Produces
    @Singleton
    Drain drain(
            Readiness readiness,
            SessionDirectory sessions,
            SessionActivity activity,
            NodeLease lease,
            ConnectionSettings settings) {
        ConnectionSettings.Drain drain = settings.drain();
        return new Drain(
                readiness, sessions, activity, lease, new Drain.Plan(drain.linger(), drain.settle(), drain.jitter()));
    }
}
