package dev.dunlin.connection.config;

import dev.dunlin.connection.access.http.HttpChannelDirectory;
import dev.dunlin.connection.auth.TokenVerifier;
import dev.dunlin.connection.bus.BusTopics;
import dev.dunlin.connection.dispatch.Features;
import dev.dunlin.connection.dispatch.FrameLimits;
import dev.dunlin.connection.drain.Drain;
import dev.dunlin.connection.drain.Readiness;
import dev.dunlin.connection.handshake.Admissions;
import dev.dunlin.connection.handshake.WelcomeFacts;
import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.connection.link.websocket.WebSocketHandshake;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.session.SessionActivity;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.connection.ticket.Tickets;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.frame.ServerFrame;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How links come and go. */
public final class LinkBeans {
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
            @VirtualThreads ExecutorService virtualThreads,
            InstantSource clock,
            FrameLimits limits,
            @ConfigProperty(name = "quarkus.websockets-next.server.max-message-size") int closedBytes) {
        return new WebSocketHandshake(admissions, virtualThreads, clock, limits.maxFrameBytes(), closedBytes);
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
