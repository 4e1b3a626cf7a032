package dev.dunlin.connection.subscription;

import dev.dunlin.connection.session.Session;
import dev.dunlin.protocol.ChannelName;

/** One session in one channel, for features that follow subscriptions. Compared by identity. */
public interface SubscribedSession {
    /** Any thread. */
    Session session();

    ChannelName channel();

    /** Whether the session may receive the channel now. On the session's loop. */
    boolean granted();

    /** Whether the subscription is over for good. On the session's loop. */
    boolean ended();
}
