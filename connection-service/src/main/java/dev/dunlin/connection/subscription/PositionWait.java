package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.Replay;
import dev.dunlin.protocol.ChannelName;
import java.util.concurrent.Executor;

/**
 * Waits a bounded time for a channel to reach a position that the client has from another node:
 * this node's bus has not brought the event yet, or the store does not have it yet. Each attempt
 * has the hub compare the channel with its log. Belongs to one {@link Replaying}. On the session's
 * loop.
 */
final class PositionWait {
    private final ChannelName channel;
    private final long position;
    private final SubscriptionContext context;
    private final Listener listener;
    private int attempt = 1;
    private boolean stopped;

    /** How it ended, on the session's loop. */
    interface Listener {
        /** Called once: whether the channel has reached the position. */
        void decided(boolean reached);
    }

    PositionWait(ChannelName channel, long position, SubscriptionContext context, Listener listener) {
        this.channel = channel;
        this.position = position;
        this.context = context;
        this.listener = listener;
    }

    void start(Executor loop) {
        Replay.Patience patience = context.limits().patience();
        if (stopped) {
            return;
        }
        if (attempt > patience.attempts()) {
            decide(false);
            return;
        }
        context.loop().execute(() -> {
            context.hub().suspect(channel);
            context.loop().after(patience.before(++attempt), () -> loop.execute(() -> start(loop)));
        });
    }

    /** The channel has reached seq {@code newest}. */
    void reached(long newest) {
        if (newest >= position) {
            decide(true);
        }
    }

    /** Decides that the position was not reached. */
    void interrupt() {
        decide(false);
    }

    /** Ends it without a decision. */
    void stop() {
        stopped = true;
    }

    private void decide(boolean reached) {
        if (!stopped) {
            stopped = true;
            listener.decided(reached);
        }
    }
}
