package dev.dunlin.connection.config;

import dev.dunlin.connection.access.http.HttpChannelDirectory;
import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.channelpresence.ChannelPresence;
import dev.dunlin.connection.channelpresence.redis.RedisPartStore;
import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.connection.loop.vertx.VertxHubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.edge.redis.Patience;
import dev.dunlin.edge.redis.PinnedConnection;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** Wires who is in the channels. */
public final class ChannelPresenceBeans {
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(3));
    private static final Duration MOST_GRACE = Duration.ofMinutes(10);
    private static final int MOST_LISTED = 5_000;

    @Produces
    @Singleton
    PinnedConnection connection(Redis redis, VertxHubLoop loop) {
        PinnedConnection connection = new PinnedConnection(
                "channel presence", loop.context(), redis, PATIENCE, new PinnedConnection.Listener() {});
        var unused = connection.start();
        return connection;
    }

    void close(@Disposes PinnedConnection connection) {
        connection.stop();
    }

    @Produces
    @Singleton
    ChannelPresence channelPresence(
            VertxHubLoop loop,
            Bus bus,
            BusSubscriptions busSubscriptions,
            PinnedConnection connection,
            HttpChannelDirectory directory,
            NodeLife life,
            InstantSource clock,
            SecureRandom random,
            ConnectionSettings settings,
            ConnectionMetrics metrics) {
        return new ChannelPresence(
                loop,
                bus,
                busSubscriptions,
                new RedisPartStore(connection),
                directory,
                life.id(),
                clock,
                random,
                limits(settings.channelPresence()),
                metrics);
    }

    private static ChannelPresence.Limits limits(ConnectionSettings.ChannelPresence settings) {
        if (settings.grace().isNegative() || settings.grace().compareTo(MOST_GRACE) > 0) {
            throw new IllegalArgumentException(
                    "dunlin.channel-presence.grace: must be from 0 to 10m, and not " + settings.grace());
        }
        if (settings.listedUsers() < 1 || settings.listedUsers() > MOST_LISTED) {
            throw new IllegalArgumentException("dunlin.channel-presence.listed-users: must be from 1 to " + MOST_LISTED
                    + ", and not " + settings.listedUsers());
        }
        return new ChannelPresence.Limits(settings.grace(), settings.listedUsers());
    }
}
