package dev.dunlin.connection.config;

import dev.dunlin.connection.access.http.HttpChannelDirectory;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.catchup.LogPages;
import dev.dunlin.connection.catchup.Replay;
import dev.dunlin.connection.catchup.TailBudget;
import dev.dunlin.connection.channelpresence.ChannelPresence;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.subscription.ChannelHub;
import dev.dunlin.connection.subscription.HubLimits;
import dev.dunlin.connection.subscription.SubscriptionContext;
import dev.dunlin.connection.subscription.SubscriptionLimits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Wires how channels reach sessions: live, from memory, and from the log. */
public final class SubscriptionBeans {
    private static final int PAGES_AT_ONCE = 32;
    private static final int PAGES_WAITING = 20_000;
    private static final Replay.Patience PATIENCE = new Replay.Patience(6, Duration.ofMillis(50));

    @Produces
    @Singleton
    LogPages pages(HttpChannelDirectory log, ConnectionMetrics metrics) {
        return new LogPages(log, PAGES_AT_ONCE, PAGES_WAITING, metrics);
    }

    @Produces
    @Singleton
    TailBudget tails(ConnectionSettings settings) {
        ConnectionSettings.Catchup bounds = settings.catchup();
        return new TailBudget(new TailBudget.Limits(bounds.tailEvents(), bounds.tailBytes(), bounds.tailNodeBytes()));
    }

    @Produces
    @Singleton
    ChannelHub hub(
            BusSubscriptions busSubscriptions,
            HttpChannelDirectory log,
            LogPages pages,
            TailBudget tails,
            HubLoop loop,
            ConnectionSettings settings,
            ConnectionMetrics metrics) {
        ConnectionSettings.Subscriptions bounds = settings.subscriptions();
        return new ChannelHub(
                busSubscriptions,
                log,
                pages,
                tails,
                loop,
                new HubLimits(
                        bounds.heldEvents(),
                        bounds.repairAttempts(),
                        bounds.repairPause(),
                        bounds.sweep(),
                        settings.access().sweep(),
                        bounds.coalesce()),
                metrics);
    }

    @Produces
    @Singleton
    SubscriptionContext subscriptions(
            ChannelHub hub,
            HubLoop loop,
            HttpChannelDirectory directory,
            ChannelPresence presence,
            ConnectionSettings settings,
            ConnectionMetrics metrics) {
        return new SubscriptionContext(
                hub,
                loop,
                directory,
                new SubscriptionLimits(
                        settings.subscriptions().perSession(),
                        settings.catchup().maxEvents(),
                        settings.link().outboxBytes() / 4,
                        PATIENCE),
                presence,
                metrics);
    }
}
