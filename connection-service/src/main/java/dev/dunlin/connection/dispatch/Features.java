package dev.dunlin.connection.dispatch;

import dev.dunlin.connection.auth.TokenRenewal;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.presence.PresenceWatches;
import dev.dunlin.connection.publish.Publishing;
import dev.dunlin.connection.session.SessionActivity;
import dev.dunlin.connection.signal.Signals;
import dev.dunlin.connection.subscription.SubscriptionTools;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What frames are handed to. */
public record Features(
        SubscriptionTools subscriptions,
        Publishing publishing,
        Signals signals,
        PresenceWatches presence,
        SessionActivity activity,
        TokenRenewal renewal,
        FrameLimits limits,
        UserRates userRates,
        ConnectionMetrics metrics,
        InstantSource clock,
        RandomGenerator random) {}
