package dev.dunlin.connection.config;

import dev.dunlin.connection.access.http.HttpChannelDirectory;
import dev.dunlin.connection.access.http.MessageServiceClient;
import dev.dunlin.connection.auth.TokenRenewal;
import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.channelpresence.ChannelPresence;
import dev.dunlin.connection.dispatch.DispatchContext;
import dev.dunlin.connection.http.BoundedCalls;
import dev.dunlin.connection.kafka.KafkaRecords;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.notice.MissedNotices;
import dev.dunlin.connection.presence.PresenceWatches;
import dev.dunlin.connection.presence.http.HttpPresenceQuery;
import dev.dunlin.connection.presence.http.PresenceServiceClient;
import dev.dunlin.connection.publish.Publishing;
import dev.dunlin.connection.publish.Unanswered;
import dev.dunlin.connection.publish.kafka.KafkaCommandLog;
import dev.dunlin.connection.rate.FrameLimits;
import dev.dunlin.connection.rate.RateGate;
import dev.dunlin.connection.rate.UserRates;
import dev.dunlin.connection.session.SessionActivity;
import dev.dunlin.connection.signal.SignalFrames;
import dev.dunlin.connection.signal.Signals;
import dev.dunlin.connection.subscription.SubscriptionContext;
import dev.dunlin.edge.FreshChannels;
import dev.dunlin.protocol.NodeId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Wires the features that handle frames. */
public final class FeatureBeans {
    private static final int CALLS_AT_ONCE = 64;
    private static final int CALLS_WAITING = 4_000;

    @Produces
    @Singleton
    FrameLimits limits(ConnectionSettings settings) {
        return new FrameLimits(
                settings.link().maxFrameBytes(),
                settings.publish().maxMessageBytes(),
                settings.publish().perSecond(),
                settings.link().framesPerSecond(),
                settings.link().bytesPerSecond());
    }

    @Produces
    @Singleton
    UserRates userRates(ConnectionSettings settings, InstantSource clock) {
        return new UserRates(
                new UserRates.Limits(
                        settings.publish().perUserPerSecond(),
                        settings.link().framesPerUserPerSecond(),
                        settings.link().bytesPerUserPerSecond()),
                clock);
    }

    @Produces
    @Singleton
    RateGate gate(FrameLimits limits, UserRates users, InstantSource clock, ConnectionMetrics metrics) {
        return new RateGate(limits, users, clock, metrics);
    }

    @Produces
    @Singleton
    DispatchContext dispatch(
            SubscriptionContext subscriptions,
            Publishing publishing,
            Signals signals,
            PresenceWatches presence,
            ChannelPresence channelPresence,
            SessionActivity activity,
            TokenRenewal renewal,
            RateGate gate,
            FrameLimits limits,
            ConnectionMetrics metrics,
            SecureRandom random) {
        return new DispatchContext(
                subscriptions,
                publishing,
                new SignalFrames(signals, random),
                presence,
                channelPresence,
                activity,
                renewal,
                gate,
                limits.maxFrameBytes(),
                metrics,
                random);
    }

    @Produces
    @Singleton
    HttpChannelDirectory directory(
            @RestClient MessageServiceClient client,
            @VirtualThreads ExecutorService virtualThreads,
            HubLoop loop,
            ConnectionSettings settings) {
        return new HttpChannelDirectory(
                client,
                new BoundedCalls("message-service", virtualThreads, CALLS_AT_ONCE, CALLS_WAITING),
                loop,
                settings.catchup().pageSize());
    }

    @Produces
    @Singleton
    PresenceWatches presence(
            HubLoop loop,
            BusSubscriptions busSubscriptions,
            @RestClient PresenceServiceClient client,
            @RestClient MessageServiceClient messages,
            @VirtualThreads ExecutorService virtualThreads,
            SecureRandom random,
            ConnectionMetrics metrics) {
        return new PresenceWatches(
                loop,
                busSubscriptions,
                new HttpPresenceQuery(
                        client,
                        new BoundedCalls("presence-service", virtualThreads, CALLS_AT_ONCE, CALLS_WAITING),
                        messages,
                        new BoundedCalls("message-service", virtualThreads, CALLS_AT_ONCE, CALLS_WAITING)),
                random,
                metrics);
    }

    @Produces
    @Singleton
    MissedNotices missedNotices(
            BusSubscriptions busSubscriptions,
            HttpChannelDirectory directory,
            HubLoop loop,
            SecureRandom random,
            ConnectionMetrics metrics) {
        return new MissedNotices(busSubscriptions, directory, loop, random, metrics);
    }

    @Produces
    @Singleton
    Signals signals(Bus bus, HttpChannelDirectory directory) {
        return new Signals(bus, directory);
    }

    @Produces
    @Singleton
    Publishing publishing(
            NodeId node,
            KafkaRecords records,
            FrameLimits limits,
            ConnectionSettings settings,
            InstantSource clock,
            ConnectionMetrics metrics,
            Unanswered unanswered,
            SecureRandom random) {
        return new Publishing(
                node,
                new KafkaCommandLog(records),
                limits.maxMessageBytes(),
                new FreshChannels(
                        settings.limits().freshChannelsPerMinute(), clock, () -> metrics.refused("fresh channels")),
                unanswered,
                random);
    }

    @Produces
    @Singleton
    Unanswered unanswered(ConnectionSettings settings, ConnectionMetrics metrics, MeterRegistry registry) {
        Unanswered unanswered =
                new Unanswered(settings.publish().unanswered(), System::nanoTime, () -> metrics.refused("unanswered"));
        Gauge.builder("dunlin.commands.unanswered", unanswered, Unanswered::size)
                .description("Publishes and other changes over links that wait for their reply")
                .register(registry);
        return unanswered;
    }
}
