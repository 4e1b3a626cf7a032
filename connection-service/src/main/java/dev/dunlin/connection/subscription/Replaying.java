package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.Replay;
import dev.dunlin.protocol.Epoch;
import org.jspecify.annotations.Nullable;

/**
 * The phase in which a subscription sends what the client missed after a position. First it waits
 * until this node knows the position ({@link PositionWait}), then it replays the log
 * ({@link Replay}). Live events wait here, within the session's {@link Backlog}. It ends once, by a
 * call to {@link Subscription#continueLive}. On the session's loop.
 */
final class Replaying implements Phase, PositionWait.Listener, Replay.Listener {
    private final Subscription subscription;
    private final SubscribeRequest request;
    private final Epoch epoch;
    private final long from;
    private @Nullable PositionWait wait;
    private @Nullable Replay replay;
    /** Null until an event has to wait. */
    private @Nullable HeldBack held;

    private boolean begun;

    /** @param from the position that the client has */
    Replaying(Subscription subscription, SubscribeRequest request, Epoch epoch, long from) {
        this.subscription = subscription;
        this.request = request;
        this.epoch = epoch;
        this.from = from;
    }

    void start() {
        if (from > subscription.newest()) {
            PositionWait started = new PositionWait(subscription.channel(), from, subscription.context(), this);
            wait = started;
            started.start(subscription.loop());
        } else {
            replay();
        }
    }

    /**
     * Events that come while it waits: the client has them already, or gets them after the reply.
     */
    @Override
    public void decided(boolean reached) {
        wait = null;
        if (!subscription.access().granted()) {
            requeue();
        } else if (reached) {
            replay();
        } else {
            subscription.reply(request, subscription.delivered(), false);
            end(false);
        }
    }

    private void replay() {
        if (from == subscription.newest()) {
            subscription.upToDate(request, from);
            end(false);
            return;
        }
        SubscriptionContext context = subscription.context();
        Replay started = new Replay(
                subscription.channel(),
                epoch,
                from,
                subscription.newest(),
                new Replay.Context(
                        context.hub(),
                        subscription.session().outbox(),
                        subscription.loop(),
                        context.loop(),
                        context.limits().patience(),
                        subscription.filter()),
                this);
        replay = started;
        subscription.backlog().begin(started);
    }

    /** Keeps a live event until the replay is over. */
    void hold(LiveEvent event) {
        if (held == null) {
            held = new HeldBack(subscription.backlog());
        }
        if (!held.add(event)) {
            dropOrReplay(held, event);
        }
        if (wait != null) {
            wait.reached(event.seq());
        }
    }

    /** Drops all but the latest message where only that counts; otherwise all are replayed. */
    private void dropOrReplay(HeldBack waiting, LiveEvent event) {
        if (!subscription.onlyLatest() || !waiting.keepOnly(event)) {
            waiting.clear();
            if (replay != null) {
                replay.extendTo(event.seq());
            }
        }
    }

    @Override
    public void begins(boolean whole) {
        begun = true;
        subscription.reply(request, whole ? from : subscription.delivered(), whole);
        if (!whole) {
            end(false);
        }
    }

    @Override
    public void done(long position) {
        subscription.context().metrics().replayed((int) (position - from));
        subscription.advanceTo(position);
        end(subscription.onlyLatest());
    }

    @Override
    public void failed(long position, String why) {
        if (begun) {
            subscription.advanceTo(position);
            end(false);
        } else if (!subscription.access().granted()) {
            requeue();
        } else if (subscription.replayFailed(request, from)) {
            end(false);
        }
    }

    @Override
    public void lost() {
        subscription.lost();
    }

    private void requeue() {
        subscription.requeue(request);
        end(false);
    }

    /** Access is being checked: ends where it is. */
    void interrupt() {
        if (replay != null) {
            replay.interrupt();
        } else if (wait != null) {
            wait.interrupt();
        }
    }

    /** The subscription is closed: nothing more is sent or called. */
    void stop() {
        if (held != null) {
            held.clear();
        }
        if (replay != null) {
            replay.stop();
            subscription.backlog().end(replay);
        }
        if (wait != null) {
            wait.stop();
        }
    }

    private void end(boolean leftOut) {
        if (replay != null) {
            subscription.backlog().end(replay);
        }
        subscription.continueLive(held, leftOut);
    }
}
