package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.Replay;
import dev.dunlin.protocol.ChannelName;

/**
 * A client that knows more of a channel than this node: another node told it events that the bus has not brought here, or that the store does not have yet. Gives the channel
 * a bounded moment to get there, and has it look, before the client is told that its position is unknown. On the session's loop.
 */
final class Ahead {
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

    Ahead(ChannelName channel, long position, SubscriptionContext context, Listener listener) {
        this.channel = channel;
        this.position = position;
        this.context = context;
        this.listener = listener;
    }

    void start(java.util.concurrent.Executor loop) {
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

    /** The channel has come so far. */
    void reached(long newest) {
        if (newest >= position) {
            decide(true);
        }
    }

    /** Decides that it was not reached. */
    void interrupt() {
        decide(false);
    }

    /** Ends it; the listener hears nothing more. */
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
