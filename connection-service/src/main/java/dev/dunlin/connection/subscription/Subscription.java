package dev.dunlin.connection.subscription;

import dev.dunlin.connection.session.Session;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel of one session, from the first {@code subscribe} to the last event: the state machine
 * of {@link Phase} and {@link Access}. The client gets what it missed, then what is live, in order.
 * Subscribing again with a position starts over from there; without one it changes nothing. Nothing
 * of the channel is sent unless access is granted. On the session's loop.
 */
final class Subscription extends ChannelStream implements Subscriber, SubscribedSession {
    private static final int MOST_REQUESTS = 16;

    private final SessionSubscriptions owner;
    /** Null while none waits, which is nearly always so. */
    private @Nullable ArrayDeque<SubscribeRequest> requests;

    private Phase phase = Phase.Step.PENDING;
    private Access access = Access.State.PENDING;
    /** Whether the client knows that it is subscribed, by a reply or by {@code welcome}. */
    private boolean established;

    Subscription(ChannelName channel, SessionSubscriptions owner) {
        super(channel);
        this.owner = owner;
    }

    @Override
    public Session session() {
        return owner.session();
    }

    SubscriptionContext context() {
        return owner.context();
    }

    Backlog backlog() {
        return owner.backlog();
    }

    Access access() {
        return access;
    }

    @Override
    public boolean granted() {
        return access.granted();
    }

    @Override
    public boolean ended() {
        return closed();
    }

    /** Whether the client knows that it is subscribed. */
    boolean established() {
        return established;
    }

    @Override
    public Executor loop() {
        return session().loop();
    }

    /** Asks for the stream; the reply comes when its turn comes. */
    void request(SubscribeRequest request) {
        if (requests == null) {
            requests = new ArrayDeque<>(2);
        }
        if (requests.size() >= MOST_REQUESTS) {
            session()
                    .refuse(
                            request.frame().ref(),
                            ErrorCode.OVERLOADED,
                            "too many subscribe frames wait for " + channel());
            return;
        }
        requests.add(request);
        next();
    }

    /**
     * Access is granted for the first time, or again after a check that did not stop the stream.
     *
     * @param head of the log when access was granted; null if unknown, or for an ephemeral channel
     */
    void grant(Access.State basis, @Nullable LogHead head) {
        access = basis;
        if (phase == Phase.Step.PENDING) {
            phase = Phase.Step.GRANTED;
        }
        if (phase == Phase.Step.GRANTED && head != null) {
            know(head.seq());
        }
    }

    @Override
    public void attached(ChannelName name, @Nullable LogHead head) {
        if (closed()) {
            return;
        }
        name(name);
        owner.keepAs(name, this);
        phase = Phase.Step.LIVE;
        if (head != null) {
            if (head.seq() > newest()) {
                recheckSoon(); // an event between grant and attachment may have ended access
            }
            beginAfter(head);
        }
        next();
    }

    private void next() {
        while (phase == Phase.Step.LIVE && access.granted() && requests != null) {
            SubscribeRequest request = requests.remove();
            requests = requests.isEmpty() ? null : requests;
            begin(request);
        }
    }

    private void begin(SubscribeRequest request) {
        Epoch epoch = epoch();
        StreamPosition after = request.frame().after();
        if (epoch == null || after == null) {
            reply(request, null, null);
        } else if (!canReplayAfter(after, context().limits().catchupEvents())) {
            reply(request, delivered(), false);
        } else if (after.seq() == newest()) {
            upToDate(request, after.seq());
        } else {
            replay(request, epoch, after.seq());
        }
    }

    private void replay(SubscribeRequest request, Epoch epoch, long from) {
        Replaying started = new Replaying(this, request, epoch, from);
        phase = started;
        started.start();
    }

    /** Answers a client that has missed nothing. */
    void upToDate(SubscribeRequest request, long position) {
        advanceTo(position);
        reply(request, position, true);
    }

    /** Answers a request, which establishes the subscription. */
    void reply(SubscribeRequest request, @Nullable Long from, @Nullable Boolean recovered) {
        answer(request, from, recovered);
        establish();
        Boolean occupancy = request.frame().occupancy();
        if (occupancy != null) {
            context().listener().wantsOccupancy(this, occupancy);
        }
    }

    private void establish() {
        if (!established) {
            established = true;
            context().listener().began(this);
        }
    }

    /**
     * Keeps an interrupted request until access is known. The one of {@link #regranted} is not
     * kept, because the next one starts where it stopped.
     */
    void requeue(SubscribeRequest request) {
        if (!request.silent() || !established) {
            if (requests == null) {
                requests = new ArrayDeque<>(2);
            }
            requests.addFirst(request);
        }
    }

    /**
     * A replay failed before it sent anything. An established subscription continues, with a gap
     * for what is missing after the client's position. Any other one closes: later events would
     * hide what is missing before them. Returns whether it continues.
     */
    boolean replayFailed(SubscribeRequest request, long from) {
        Refusal why = new Refusal(
                ErrorCode.UNAVAILABLE, "missed events cannot be read now; try again", Duration.ofSeconds(1));
        if (!request.silent()) {
            refuse(request, why);
            if (!established) {
                refused(why);
                context().loop().execute(() -> context().hub().detach(channel(), this));
                return false;
            }
        }
        establish();
        reportMissedAfter(from);
        return true;
    }

    /**
     * A replay is over: sends the events that waited, with gaps for what is missing between them.
     * Without access they are dropped, and replayed when it is granted again.
     *
     * @param leftOut whether events are missing only because a slow client gets the latest message
     */
    void continueLive(@Nullable HeldBack held, boolean leftOut) {
        if (!closed()) {
            phase = Phase.Step.LIVE;
        }
        if (!access.granted()) {
            if (held != null) {
                held.clear();
            }
            return;
        }
        for (LiveEvent event = poll(held); event != null; event = poll(held)) {
            if (event.seq() > delivered()) {
                skipTo(event.first() - 1, leftOut);
                send(event);
            }
        }
        skipTo(newest(), leftOut);
        next();
    }

    private static @Nullable LiveEvent poll(@Nullable HeldBack held) {
        return held == null ? null : held.poll();
    }

    @Override
    public void event(LiveEvent event) {
        if (closed() || event.seq() <= newest()) {
            return;
        }
        know(event.seq());
        if (access.granted()) {
            switch (phase) {
                case Replaying replaying -> replaying.hold(event);
                case Phase.Step step -> send(event);
            }
        }
        if (session().user().equals(event.left())) {
            doubt(event.seq());
        } else if (event.isGap()) {
            recheckSoon();
        }
    }

    @Override
    public void events(EventBatch batch) {
        if (phase == Phase.Step.LIVE && access.granted() && batch.first() > newest() && sendsUnchanged()) {
            know(batch.last());
            send(batch);
        } else {
            batch.events().forEach(this::event);
        }
    }

    @Override
    public void ephemeral(@Nullable SessionId sender, byte[] frame) {
        if (access.granted() && !session().hasId(sender)) {
            session().outbox().offerEphemeral(frame);
        }
    }

    /**
     * Access may have ended: pauses the channel until message-service has answered.
     *
     * @param seq of the event that is the reason; 0 if there is none
     */
    void doubt(long seq) {
        switch (access) {
            case AccessCheck check -> check.extendTo(seq);
            case Access.State state -> {
                if (state == Access.State.PENDING) {
                    access = Access.State.DOUBTED;
                } else if (state.granted()) {
                    AccessCheck check = new AccessCheck(this, context(), seq);
                    access = check;
                    if (phase instanceof Replaying replaying) {
                        replaying.interrupt();
                    }
                    check.ask();
                }
            }
        }
    }

    /** The user was added again: a refusal that comes now may be older. */
    void rejoined() {
        if (access instanceof AccessCheck check) {
            check.extendTo(0);
        }
    }

    @Override
    public void recheck(Consumer<Boolean> done) {
        Recheck.ask(this, context(), done);
    }

    private void recheckSoon() {
        if (access == Access.State.MEMBER) {
            context().loop().execute(() -> context().hub().recheck(this));
        }
    }

    /**
     * An access check ended well: continues with what came meanwhile, except for what is older than
     * seq {@code from}.
     */
    void regranted(Access.State basis, long from) {
        access = basis;
        hideBefore(from);
        if (!established) {
            advanceTo(newest());
        }
        skipTo(Math.min(newest(), from - 1), false);
        Epoch epoch = epoch();
        if (phase == Phase.Step.LIVE && epoch != null && newest() > delivered()) {
            replay(new SubscribeRequest(new ClientFrame.Subscribe(null, channel(), null), true), epoch, delivered());
        } else {
            next();
        }
    }

    /**
     * Access is gone. Called while an {@link AccessCheck} stands, so no request is being answered.
     */
    void revoke(Refusal why) {
        context().metrics().accessRevoked();
        ArrayDeque<SubscribeRequest> waiting = requests == null ? new ArrayDeque<>(0) : requests;
        boolean known = established || waiting.stream().anyMatch(SubscribeRequest::silent);
        owner.refused(channel(), this);
        close(false);
        waiting.stream().filter(request -> !request.silent()).forEach(request -> refuse(request, why));
        if (known) {
            session().send(new ServerFrame.Unsubscribed(null, channel()));
        }
    }

    @Override
    public void refused(Refusal why) {
        if (!closed()) {
            end();
            owner.refused(channel(), this);
            if (requests != null) {
                requests.forEach(request -> refuse(request, why));
            }
        }
    }

    private void refuse(SubscribeRequest request, Refusal why) {
        session().refuse(request.frame().ref(), why);
    }

    @Override
    public void lost() {
        session().close(CloseCode.POSITION_LOST, "the log of " + channel() + " was rebuilt");
    }

    private boolean closed() {
        return phase == Phase.Step.CLOSED;
    }

    /**
     * Ends it; nothing is sent any more.
     *
     * @param linkClosed whether it ends with its link
     */
    void close(boolean linkClosed) {
        end();
        context().loop().execute(() -> {
            context().hub().detach(channel(), this);
            context().listener().ended(this, linkClosed);
        });
    }

    private void end() {
        if (phase instanceof Replaying replaying) {
            replaying.stop();
        }
        phase = Phase.Step.CLOSED;
        access = Access.State.ENDED;
    }
}
