package dev.dunlin.connection.subscription;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;

/**
 * What all subscriptions of the node share. Made once at the start, so that a subscription reaches
 * it through its session and keeps no reference of its own.
 */
public record SubscriptionContext(
        ChannelHub hub,
        HubLoop loop,
        ChannelDirectory directory,
        SubscriptionLimits limits,
        SubscriptionListener listener,
        ConnectionMetrics metrics) {}
