package dev.dunlin.connection.config;

import dev.dunlin.connection.auth.TokenVerifier;
import dev.dunlin.connection.auth.jwt.JwtTokenVerifier;
import dev.dunlin.connection.drain.Readiness;
import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.connection.loop.vertx.VertxHubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.metrics.micrometer.MicrometerConnectionMetrics;
import dev.dunlin.edge.TokenKeys;
import dev.dunlin.edge.revocation.Revocations;
import dev.dunlin.protocol.NodeId;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Makes what every feature needs of the process: its name, clock, threads, randomness and tokens.
 */
public final class NodeBeans {
    @Produces
    @Singleton
    ConnectionSettings settings(
            ConnectionSettings.Node node,
            ConnectionSettings.Bus bus,
            ConnectionSettings.Link link,
            ConnectionSettings.Subscriptions subscriptions,
            ConnectionSettings.Access access,
            ConnectionSettings.Catchup catchup,
            ConnectionSettings.Publish publish,
            ConnectionSettings.Drain drain,
            ConnectionSettings.Handshake handshake,
            ConnectionSettings.Streams streams,
            ConnectionSettings.Limits limits,
            ConnectionSettings.ChannelPresence channelPresence) {
        return new ConnectionSettings(
                node,
                bus,
                link,
                subscriptions,
                access,
                catchup,
                publish,
                drain,
                handshake,
                streams,
                limits,
                channelPresence);
    }

    @Produces
    @Singleton
    NodeId node(ConnectionSettings settings, SecureRandom random) {
        return new NodeId(
                settings.node().id().orElseGet(() -> "conn-" + HexFormat.of().toHexDigits(random.nextLong())));
    }

    @Produces
    @Singleton
    NodeLife life(NodeId node, SecureRandom random) {
        return NodeLife.begin(node, random);
    }

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    VertxHubLoop loop(Vertx vertx) {
        return new VertxHubLoop(vertx);
    }

    @Produces
    @Singleton
    ConnectionMetrics metrics(MeterRegistry registry) {
        return new MicrometerConnectionMetrics(registry);
    }

    @Produces
    @Singleton
    Readiness readiness() {
        return new Readiness();
    }

    @Produces
    @Singleton
    TokenVerifier tokens(JWTParser parser, TokenKeys keys, Revocations revocations, InstantSource clock) {
        return new JwtTokenVerifier(parser, keys, revocations, clock);
    }
}
