package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.Replay;
import dev.dunlin.connection.catchup.Veil;
import dev.dunlin.connection.link.Latest;
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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel of one session: first what was missed, then what is live, in order. Live events wait
 * while a replay runs. Subscribing again with a position starts over from there; without one it
 * changes nothing. A {@code gap} stands for events that cannot be sent. Nothing of the channel is
 * sent unless {@link Access} is granted. On the session's loop.
 */
final class Subscription implements Subscriber {
    private static final int MOST_REQUESTS = 16;

    private ChannelName channel;
    private final SessionSubscriptions owner;
    /** Null while none waits, as nearly always. */
    private @Nullable ArrayDeque<Request> requests;
    /** Null until something had to wait. */
    private @Nullable HeldBack held;

    private Access access = Access.State.PENDING;
    private boolean attached;
    /** Whether the client was told that it is subscribed, by a reply or by {@code welcome}. */
    private boolean established;

    private @Nullable Epoch epoch;
    /** The last event handed to the outbox. */
    private long delivered;
    /** The last event known to exist. */
    private long newest;

    private @Nullable Replay replay;
    private @Nullable Ahead ahead;
    /** What of the channel the user may see. */
    private Veil veil = Veil.NONE;
    /** There if a slow client gets only the latest message. */
    private @Nullable Latest latest;

    /** A {@code subscribe} that waits for its turn; {@code silent} ones, by {@code welcome}, get no reply. */
    record Request(ClientFrame.Subscribe frame, boolean silent) {}

    Subscription(ChannelName channel, SessionSubscriptions owner) {
        this.channel = channel;
        this.owner = owner;
    }

    Session session() {
        return owner.session();
    }

    ChannelName channel() {
        return channel;
    }

    Access access() {
        return access;
    }

    /** Null for an ephemeral channel, and before it is attached. */
    @Nullable
    Epoch epoch() {
        return epoch;
    }

    private SubscriptionContext context() {
        return owner.context();
    }

    /** Asks for the stream; the reply comes when its turn comes. */
    void request(Request request) {
        if (requests == null) {
            requests = new ArrayDeque<>(2);
        }
        if (requests.size() >= MOST_REQUESTS) {
            session()
                    .refuse(
                            request.frame().ref(),
                            ErrorCode.OVERLOADED,
                            "too many subscribe frames wait for " + channel);
            return;
        }
        requests.add(request);
        next();
    }

    /** From now on a slow client gets only the latest message, as the channel's namespace allows. */
    void conflate() {
        latest = new Latest((from, to) -> gap(from, to, true));
    }

    /** Hides everything before seq {@code from} from the user. */
    void hideBefore(long from) {
        veil = Veil.before(from);
    }

    /**
     * Access is granted for the first time, or again after a check that did not stop the stream.
     *
     * @param head how far the log had come when it was granted; null for an ephemeral channel, or if that is not known
     */
    void grant(Access.State basis, @Nullable LogHead head) {
        access = basis;
        if (!attached && head != null) {
            newest = head.seq();
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
                    interrupt();
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

    /** Stops a running resume where it is. It continues from there, or its request begins again. */
    private void interrupt() {
        if (replay != null) {
            replay.interrupt();
        }
        if (ahead != null) {
            ahead.interrupt();
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
            delivered = newest;
        }
        tellGap(Math.min(newest, from - 1), false);
        if (attached && epoch != null && newest > delivered) {
            resume(new Request(new ClientFrame.Subscribe(null, channel, null), true), epoch, delivered);
        } else {
            next();
        }
    }

    /** Access is gone. Called while an {@link AccessCheck} stands, so no request is being answered. */
    void revoke(Refusal why) {
        context().metrics().accessRevoked();
        ArrayDeque<Request> waiting = requests == null ? new ArrayDeque<>(0) : requests;
        boolean known = established || waiting.stream().anyMatch(Request::silent);
        owner.refused(channel, this);
        close();
        waiting.stream().filter(request -> !request.silent()).forEach(request -> refuse(request, why));
        if (known) {
            session().send(new ServerFrame.Unsubscribed(null, channel));
        }
    }

    @Override
    public void recheck(Consumer<Boolean> done) {
        Recheck.ask(this, context(), done);
    }

    private boolean ended() {
        return access == Access.State.ENDED;
    }

    /** Ends it; nothing is sent any more. */
    void close() {
        access = Access.State.ENDED;
        if (held != null) {
            held.clear();
        }
        stopReplay();
        context().loop().execute(() -> context().hub().detach(channel, this));
    }

    @Override
    public Executor loop() {
        return session().loop();
    }

    @Override
    public void attached(ChannelName name, @Nullable LogHead head) {
        if (ended()) {
            return;
        }
        channel = name;
        owner.keepAs(name, this);
        attached = true;
        if (head != null) {
            if (head.seq() > newest) {
                recheckSoon(); // events since access was granted may have ended it, and do not come here
            }
            epoch = head.epoch();
            delivered = head.seq();
            newest = head.seq();
        }
        next();
    }

    @Override
    public void refused(Refusal why) {
        if (!ended()) {
            access = Access.State.ENDED;
            owner.refused(channel, this);
            if (requests != null) {
                requests.forEach(request -> refuse(request, why));
            }
        }
    }

    private void refuse(Request request, Refusal why) {
        session().refuse(request.frame().ref(), why);
    }

    @Override
    public void event(LiveEvent event) {
        if (ended() || event.seq() <= newest) {
            return;
        }
        newest = event.seq();
        if (access.granted()) {
            deliver(event);
        }
        if (session().user().equals(event.left())) {
            doubt(event.seq());
        } else if (event.isGap()) {
            recheckSoon();
        }
    }

    private void recheckSoon() {
        if (access == Access.State.MEMBER) {
            context().loop().execute(() -> context().hub().recheck(this));
        }
    }

    private void deliver(LiveEvent event) {
        if (replay == null && ahead == null) {
            send(event);
            return;
        }
        if (held == null) {
            held = new HeldBack(owner.backlog());
        }
        if (!held.add(event)) {
            doesNotFit(held, event);
        }
        if (ahead != null) {
            ahead.reached(newest);
        }
    }

    /** Where only the latest message counts the others are left out; else they are replayed, too. */
    private void doesNotFit(HeldBack held, LiveEvent event) {
        if (latest == null || !held.keepOnly(event)) {
            held.clear();
            if (replay != null) {
                replay.extendTo(newest);
            }
        }
    }

    private void send(LiveEvent event) {
        delivered = event.seq();
        byte[] frame = veil.show(event.frame());
        if (latest == null) {
            session().outbox().offer(frame);
        } else if (event.isMessage()) {
            session().outbox().offerLatest(latest, event.seq(), event.frame());
        } else {
            session().outbox().offerBetween(latest, frame);
        }
    }

    @Override
    public void ephemeral(@Nullable SessionId sender, byte[] frame) {
        if (access.granted() && !session().id().equals(sender)) {
            session().outbox().offerEphemeral(frame);
        }
    }

    @Override
    public void lost() {
        session().close(CloseCode.POSITION_LOST, "the log of " + channel + " was rebuilt");
    }

    private void next() {
        while (attached && access.granted() && replay == null && ahead == null && requests != null) {
            Request request = requests.remove();
            requests = requests.isEmpty() ? null : requests;
            begin(request);
        }
    }

    private void begin(Request request) {
        StreamPosition after = request.frame().after();
        if (epoch == null || after == null) {
            reply(request, null, null);
        } else if ((after.epoch() != null && !after.epoch().equals(epoch))
                || !veil.showsAllAfter(after.seq())
                || newest - after.seq() > context().limits().catchupEvents()) {
            reply(request, delivered, false);
        } else if (after.seq() > newest) {
            await(request, epoch, after.seq());
        } else {
            resume(request, epoch, after.seq());
        }
    }

    /** What comes meanwhile waits: the client has it already, or gets it after the reply. */
    private void await(Request request, Epoch of, long position) {
        Ahead started = new Ahead(channel, position, context(), reached -> {
            ahead = null;
            if (!access.granted()) {
                requeue(request);
            } else if (reached) {
                resume(request, of, position);
            } else {
                reply(request, delivered, false);
            }
            if (replay == null) {
                goOn(false);
            }
        });
        ahead = started;
        started.start(session().loop());
    }

    /**
     * Keeps an interrupted request until access is known. The one of {@link #regranted} is not kept,
     * because the next one starts where it stopped.
     */
    private void requeue(Request request) {
        if (!request.silent() || !established) {
            if (requests == null) {
                requests = new ArrayDeque<>(2);
            }
            requests.addFirst(request);
        }
    }

    private void resume(Request request, Epoch of, long position) {
        if (position == newest) {
            delivered = position;
            reply(request, position, true);
            return;
        }
        Replay started = new Replay(
                channel,
                of,
                position,
                newest,
                new Replay.Context(
                        context().hub(),
                        session().outbox(),
                        session().loop(),
                        context().loop(),
                        context().limits().patience(),
                        veil),
                new Resume(request, position));
        replay = started;
        owner.backlog().begin(started);
    }

    /** What becomes of a replay. */
    private final class Resume implements Replay.Listener {
        private final Request request;
        private final long from;
        private boolean begun;

        Resume(Request request, long from) {
            this.request = request;
            this.from = from;
        }

        @Override
        public void begins(boolean whole) {
            begun = true;
            reply(request, whole ? from : delivered, whole);
            if (!whole) {
                goOn(false);
            }
        }

        @Override
        public void done(long position) {
            context().metrics().replayed((int) (position - from));
            delivered = position;
            goOn(latest != null);
        }

        @Override
        public void failed(long position, String why) {
            if (begun) {
                delivered = position;
                goOn(false);
            } else if (!access.granted()) {
                requeue(request);
                goOn(false);
            } else {
                failedBefore(request, from);
            }
        }

        @Override
        public void lost() {
            Subscription.this.lost();
        }
    }

    /**
     * A resume failed before anything of it was sent. Who was never told that it is subscribed is not: events that came after the error would hide what is missing before
     * them. Who was, goes on as before, and hears what is missing after the position it named.
     */
    private void failedBefore(Request request, long from) {
        Refusal why = new Refusal(
                ErrorCode.UNAVAILABLE, "what was missed cannot be read now; try again", Duration.ofSeconds(1));
        if (!request.silent()) {
            refuse(request, why);
        }
        if (!established && !request.silent()) {
            refused(why);
            close();
            return;
        }
        established = true;
        if (delivered > from) {
            session().outbox().offer(gap(from + 1, delivered, false));
        }
        goOn(false);
    }

    private void reply(Request request, @Nullable Long from, @Nullable Boolean recovered) {
        established = true;
        StreamPosition after = request.frame().after();
        if (request.silent() && after != null && Boolean.FALSE.equals(recovered) && delivered > after.seq()) {
            session().outbox().offer(gap(after.seq() + 1, delivered, false));
        } else if (!request.silent()) {
            session()
                    .send(new ServerFrame.Subscribed(
                            request.frame().ref(), channel, epoch, epoch == null ? null : newest, from, recovered));
        }
    }

    private void stopReplay() {
        if (replay != null) {
            replay.stop();
            owner.backlog().end(replay);
        }
        if (ahead != null) {
            ahead.stop();
        }
    }

    /**
     * Sends what waited behind the replay, and says what is missing before and after it.
     *
     * @param leftOut whether something can be missing only because the latest counts
     */
    private void goOn(boolean leftOut) {
        if (replay != null) {
            owner.backlog().end(replay);
            replay = null;
        }
        if (!access.granted()) {
            if (held != null) {
                held.clear(); // replayed if access is granted again
            }
            return;
        }
        sendHeld(leftOut);
        tellGap(newest, leftOut);
        next();
    }

    private void sendHeld(boolean leftOut) {
        HeldBack waited = held;
        held = null;
        for (LiveEvent event = poll(waited); event != null; event = poll(waited)) {
            if (event.seq() > delivered) {
                tellGap(event.first() - 1, leftOut);
                send(event);
            }
        }
    }

    private static @Nullable LiveEvent poll(@Nullable HeldBack waited) {
        return waited == null ? null : waited.poll();
    }

    private void tellGap(long to, boolean leftOut) {
        if (to > delivered) {
            session().outbox().offer(gap(delivered + 1, to, leftOut));
            delivered = to;
        }
    }

    private byte[] gap(long from, long to, boolean leftOut) {
        return Json.write(new ServerFrame.Gap(channel, from, to, leftOut ? true : null));
    }
}
