package dev.dunlin.connection.dispatch;

import dev.dunlin.connection.auth.TokenRenewal;
import dev.dunlin.connection.channelpresence.ChannelPresence;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.presence.PresenceWatches;
import dev.dunlin.connection.publish.Publishing;
import dev.dunlin.connection.rate.RateGate;
import dev.dunlin.connection.session.SessionActivity;
import dev.dunlin.connection.signal.SignalFrames;
import dev.dunlin.connection.subscription.SubscriptionContext;
import java.util.random.RandomGenerator;

/**
 * The features that every {@link FrameDispatcher} of the node hands frames to. Made once at the
 * start, so that a session keeps one reference instead of one for each feature.
 *
 * @param maxFrameBytes of one transport message; longer ones are answered {@code too_large}
 */
public record DispatchContext(
        SubscriptionContext subscriptions,
        Publishing publishing,
        SignalFrames signals,
        PresenceWatches presence,
        ChannelPresence channelPresence,
        SessionActivity activity,
        TokenRenewal renewal,
        RateGate gate,
        int maxFrameBytes,
        ConnectionMetrics metrics,
        RandomGenerator random) {}
