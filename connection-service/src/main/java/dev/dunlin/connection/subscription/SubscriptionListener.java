package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.http.ChannelAccess;

/** Is called when the subscriptions of the node begin and end. Must not block. */
public interface SubscriptionListener {
    /** Follows nothing. */
    SubscriptionListener NONE = new SubscriptionListener() {
        @Override
        public void answered(ChannelAccess access) {}

        @Override
        public void began(SubscribedSession subscription) {}

        @Override
        public void wantsOccupancy(SubscribedSession subscription, boolean wanted) {}

        @Override
        public void ended(SubscribedSession subscription, boolean linkClosed) {}
    };

    /** Message-service let a session subscribe. On the session's loop. */
    void answered(ChannelAccess access);

    /** The client knows that it is subscribed. On the session's loop. */
    void began(SubscribedSession subscription);

    /**
     * The client asked for the occupancy of the channel, or does not want it any more. On the
     * session's loop, after {@link #began}.
     */
    void wantsOccupancy(SubscribedSession subscription, boolean wanted);

    /**
     * A subscription is over, also one that did not begin. On the hub loop.
     *
     * @param linkClosed whether it ended with its link
     */
    void ended(SubscribedSession subscription, boolean linkClosed);
}
