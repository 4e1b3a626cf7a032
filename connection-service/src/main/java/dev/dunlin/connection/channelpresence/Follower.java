package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.subscription.SubscribedSession;

/**
 * A session that is sent the changes of a channel's presence. What it cannot take is left out, and
 * made up for by a fresh state. Hub loop only, unless stated otherwise.
 */
final class Follower {
    final SubscribedSession subscription;
    /** Whether it is sent who is there. */
    boolean follows;
    /** Whether it is sent how many are there. */
    boolean counts;
    /** Whether it missed a frame. */
    boolean stale;

    Follower(SubscribedSession subscription) {
        this.subscription = subscription;
    }

    /** Whether it can take a frame now. On the session's loop. */
    boolean ready() {
        return subscription.granted() && subscription.session().outbox().roomy();
    }

    /** Sends a frame. On the session's loop. Returns whether it was sent. */
    boolean send(byte[] frame) {
        boolean ready = ready();
        if (ready) {
            subscription.session().outbox().offer(frame);
        }
        return ready;
    }
}
