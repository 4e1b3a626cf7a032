package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.Replay;
import dev.dunlin.connection.session.Session;
import dev.dunlin.edge.Refusal;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One channel of one session: what was missed first, then what is live, in order. While a replay runs, live events wait behind it. Asking again with a position starts over
 * from there; without one it changes nothing. On the session's loop.
 */
final class Subscription implements Subscriber {
    private static final int MOST_REQUESTS = 16;

    private final ChannelName channel;
    private final Session session;
    private final SubscriptionTools tools;
    private final java.util.function.Consumer<Subscription> onRefused;
    private final ArrayDeque<Request> requests = new ArrayDeque<>(2);
    private final ArrayDeque<LiveEvent> held = new ArrayDeque<>(0);
    private int heldBytes;
    private boolean attached;
    private boolean closed;
    private @Nullable Epoch epoch;
    /** The last event handed to the outbox. */
    private long delivered;
    /** The last event known to exist. */
    private long newest;

    private @Nullable Replay replay;

    /** A {@code subscribe} that waits for its turn; {@code silent} ones, by {@code welcome}, get no reply. */
    record Request(ClientFrame.Subscribe frame, boolean silent) {}

    Subscription(
            ChannelName channel,
            Session session,
            SubscriptionTools tools,
            java.util.function.Consumer<Subscription> onRefused) {
        this.channel = channel;
        this.session = session;
        this.tools = tools;
        this.onRefused = onRefused;
    }

    /** Asks for the stream; the reply comes when its turn comes. */
    void request(Request request) {
        if (requests.size() >= MOST_REQUESTS) {
            session.refuse(
                    request.frame().ref(), ErrorCode.OVERLOADED, "too many subscribe frames wait for " + channel);
            return;
        }
        requests.add(request);
        next();
    }

    /** Ends it; nothing is sent any more. */
    void close() {
        closed = true;
        held.clear();
        if (replay != null) {
            replay.stop();
        }
        tools.loop().execute(() -> tools.hub().detach(channel, this));
    }

    @Override
    public Executor loop() {
        return session.loop();
    }

    @Override
    public void attached(@Nullable LogHead head) {
        if (closed) {
            return;
        }
        attached = true;
        if (head != null) {
            epoch = head.epoch();
            delivered = head.seq();
            newest = head.seq();
        }
        next();
    }

    @Override
    public void refused(Refusal why) {
        if (!closed) {
            closed = true;
            onRefused.accept(this);
            requests.forEach(request -> refuse(request, why));
        }
    }

    void refuse(Refusal why) {
        refused(why);
    }

    private void refuse(Request request, Refusal why) {
        session.send(new ServerFrame.ErrorReply(
                request.frame().ref(),
                why.code(),
                Optional.ofNullable(why.getMessage()).orElse(why.code().wire()),
                why.code().retryable(),
                why.retryAfter().map(java.time.Duration::toMillis).orElse(null)));
    }

    @Override
    public void event(LiveEvent event) {
        if (closed || event.seq() <= newest) {
            return;
        }
        newest = event.seq();
        if (replay == null) {
            send(event);
        } else if (heldBytes + event.frame().length <= tools.limits().heldBytes()) {
            held.add(event);
            heldBytes += event.frame().length;
        } else {
            forgetHeld();
            replay.extendTo(newest);
        }
    }

    private void send(LiveEvent event) {
        delivered = event.seq();
        session.outbox().offer(event.frame());
    }

    private void forgetHeld() {
        held.clear();
        heldBytes = 0;
    }

    @Override
    public void ephemeral(@Nullable SessionId sender, byte[] frame) {
        if (!closed && !session.id().equals(sender)) {
            session.outbox().offerEphemeral(frame);
        }
    }

    @Override
    public void lost() {
        session.close(CloseCode.POSITION_LOST, "the log of " + channel + " was rebuilt");
    }

    private void next() {
        while (attached && !closed && replay == null && !requests.isEmpty()) {
            Request request = requests.remove();
            StreamPosition after = request.frame().after();
            if (epoch == null) {
                reply(request, null, null);
            } else if (after == null) {
                if (!request.silent()) {
                    reply(request, null, null);
                }
            } else if ((after.epoch() != null && !after.epoch().equals(epoch))
                    || after.seq() > newest
                    || newest - after.seq() > tools.limits().catchupEvents()) {
                reply(request, delivered, false);
            } else if (after.seq() == newest) {
                reply(request, after.seq(), true);
            } else {
                replay(request, after.seq());
            }
        }
    }

    private void reply(Request request, @Nullable Long from, @Nullable Boolean recovered) {
        session.send(new ServerFrame.Subscribed(
                request.frame().ref(), channel, epoch, epoch == null ? null : newest, from, recovered));
    }

    private void replay(Request request, long after) {
        Replay started = new Replay(
                channel,
                after,
                newest,
                tools.log(),
                session.outbox(),
                session.loop(),
                tools.loop(),
                new Replay.Listener() {
                    private boolean begun;

                    @Override
                    public void begins(boolean whole) {
                        begun = true;
                        reply(request, whole ? after : delivered, whole);
                        if (!whole) {
                            goOn();
                        }
                    }

                    @Override
                    public void done(long position) {
                        tools.metrics().replayed((int) (position - after));
                        delivered = position;
                        goOn();
                    }

                    @Override
                    public void failed(long position, String why) {
                        if (begun) {
                            gap(position);
                        } else {
                            refuse(
                                    request,
                                    new Refusal(
                                            ErrorCode.UNAVAILABLE,
                                            "what was missed cannot be read now; try again",
                                            java.time.Duration.ofSeconds(1)));
                        }
                        goOn();
                    }
                });
        replay = started;
        started.start();
    }

    /** Says that what is missing up to the first event at hand does not come. */
    private void gap(long position) {
        LiveEvent first = held.peek();
        long to = first == null ? newest : first.seq() - 1;
        if (to > position) {
            session.outbox().offer(Json.write(new ServerFrame.Gap(channel, position + 1, to)));
            delivered = to;
        }
    }

    private void goOn() {
        replay = null;
        while (!held.isEmpty()) {
            LiveEvent event = held.remove();
            if (event.seq() > delivered) {
                send(event);
            }
        }
        heldBytes = 0;
        next();
    }
}
