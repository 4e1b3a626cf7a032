package dev.dunlin.connection.subscription;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;

/** What subscriptions work with. */
public record SubscriptionTools(
        ChannelHub hub,
        HubLoop loop,
        ChannelDirectory directory,
        SubscriptionLimits limits,
        ConnectionMetrics metrics) {}
