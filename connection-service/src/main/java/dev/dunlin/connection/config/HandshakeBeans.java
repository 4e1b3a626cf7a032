package dev.dunlin.connection.config;

import dev.dunlin.connection.access.http.HttpChannelDirectory;
import dev.dunlin.connection.auth.TokenRenewal;
import dev.dunlin.connection.auth.TokenVerifier;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.dispatch.DispatchContext;
import dev.dunlin.connection.drain.Readiness;
import dev.dunlin.connection.handshake.Admissions;
import dev.dunlin.connection.handshake.AllowedOrigins;
import dev.dunlin.connection.handshake.HandshakeLimits;
import dev.dunlin.connection.handshake.WelcomeFacts;
import dev.dunlin.connection.handshake.http.RequestCredentials;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.rate.FrameLimits;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.connection.ticket.Tickets;
import dev.dunlin.edge.rate.ClientAddress;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.frame.ServerFrame;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Wires the handshake. */
public final class HandshakeBeans {
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
                settings.link().outboxBytes());
    }

    @Produces
    @Singleton
    RequestCredentials credentials(ConnectionSettings settings, ClientAddress addresses) {
        return new RequestCredentials(
                new AllowedOrigins(settings.handshake().origins().orElse(List.of())),
                addresses,
                settings.handshake().accessTokenInQuery());
    }

    @Produces
    @Singleton
    HandshakeLimits handshakeLimits(ConnectionSettings settings, InstantSource clock, ConnectionMetrics metrics) {
        ConnectionSettings.Handshake bounds = settings.handshake();
        return new HandshakeLimits(
                new HandshakeLimits.Bounds(
                        settings.link().max(), bounds.perSecond(), bounds.linksPerUser(), bounds.linksPerAddress()),
                clock,
                metrics);
    }

    @Produces
    @Singleton
    Admissions admissions(
            HandshakeLimits limits,
            TokenVerifier verifier,
            Tickets tickets,
            BusSubscriptions busSubscriptions,
            HubLoop loop,
            HttpChannelDirectory directory,
            SessionDirectory sessions,
            Readiness readiness,
            DispatchContext dispatch,
            WelcomeFacts facts,
            @VirtualThreads ExecutorService virtualThreads) {
        return new Admissions(
                limits,
                verifier,
                tickets,
                busSubscriptions,
                loop,
                directory,
                sessions,
                readiness,
                dispatch,
                facts,
                virtualThreads);
    }

    @Produces
    @Singleton
    TokenRenewal renewal(TokenVerifier verifier, @VirtualThreads ExecutorService virtualThreads) {
        return new TokenRenewal(verifier, virtualThreads);
    }
}
