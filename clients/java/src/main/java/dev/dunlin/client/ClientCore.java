package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Routes frames to what handles them: publishes, requests, subscriptions, the listener. It owns the
 * connection and lives as long as its client. On the loop only.
 */
final class ClientCore implements Connection.Owner, Subscription.Suite {
    private static final String CLOSED = "closed by this client";
    private static final System.Logger LOG = System.getLogger(ClientCore.class.getName());
    /** Others see somebody as typing for 5 s after a frame, so more frames change nothing. */
    private static final Duration TYPING_EVERY = Duration.ofSeconds(3);

    private final EventLoop loop;
    private final ClientListener listener;
    private final PublishQueue publishes;
    private final Repairs repairs;
    private final Requests requests;
    private final Subscriptions subscriptions;
    private final ReadMarks marks = new ReadMarks(this::send);
    private final Map<ChannelName, Duration> typedAt = new HashMap<>();
    private final Set<UserId> watched = new LinkedHashSet<>();
    private final List<CompletableFuture<ServerFrame.Welcome>> connecting = new ArrayList<>();
    private final Presences presences;
    private final IdleTimer idleTimer;
    private final Connection connection;
    private long lastRef;
    private boolean away;
    private boolean idle;
    private boolean watchesContacts;
    /** The application closed the client. */
    private boolean closing;
    /** Completes when the client is closed. */
    private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();

    private ServerFrame.@Nullable Welcome welcomed;
    private @Nullable RequestFailed closed;

    ClientCore(
            EventLoop loop,
            BiFunction<ChannelName, Long, CompletableFuture<EventPage>> history,
            int mostRepaired,
            ClientListener listener,
            Backoff backoff,
            RandomGenerator random,
            Duration idleAfter,
            Function<Connection.Owner, Connection> connection) {
        this.loop = loop;
        this.repairs = new Repairs(loop, history);
        this.listener = listener;
        this.publishes = new PublishQueue(loop, backoff, random, this::send, this::isUp);
        this.requests = new Requests(loop);
        this.subscriptions = new Subscriptions(loop, this, listener, mostRepaired);
        this.presences =
                new Presences(loop, listener, this::ask, channel -> subscriptions.has(channel), subscriptions::renew);
        this.idleTimer = new IdleTimer(loop, idleAfter, now -> status(away, now));
        this.connection = connection.apply(this);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Completes at the next welcome, or with that of now. */
    void open(CompletableFuture<ServerFrame.Welcome> promise) {
        if (closing) {
            promise.completeExceptionally(closedByApplication());
            return;
        }
        if (welcomed != null && connection.isUp()) {
            promise.complete(welcomed);
            return;
        }
        closed = null;
        connecting.add(promise);
        idleTimer.start();
        publishes.start();
        connection.open();
    }

    void wake() {
        connection.wake();
    }

    /**
     * Closes once no publish waits for its answer any more, or after {@code atMost}. Until then the
     * link stays up and nothing new is accepted.
     */
    void close(Duration atMost, CompletableFuture<@Nullable Void> done) {
        var unused = finished.whenComplete((nothing, failure) -> done.complete(null));
        if (closing) {
            return;
        }
        closing = true;
        if (atMost.isZero() || !connection.isActive()) {
            finish();
        } else {
            loop.schedule(atMost, this::finish);
            publishes.whenEmpty(this::finish);
        }
    }

    private void finish() {
        if (!finished.isDone()) {
            RequestFailed why = closedByApplication();
            idleTimer.stop();
            connection.close(CLOSED);
            onClosed(why);
            subscriptions.close(why);
            finished.complete(null);
        }
    }

    /** Queues a message, and sends it if there is a link. */
    void publish(Function<Ref, ClientFrame.Publish> message, CompletableFuture<ServerFrame.Ack> ack) {
        if (closing || closed != null) {
            ack.completeExceptionally(closed == null ? closedByApplication() : closed);
            return;
        }
        ClientFrame.Publish frame = message.apply(nextRef());
        typedAt.remove(frame.channel()); // the next key counts as typing again
        publishes.add(frame, ack);
    }

    /** Sends a frame that has no reply; without a link it is dropped. */
    void send(ClientFrame frame) {
        connection.send(frame);
    }

    void typing(ChannelName channel) {
        Duration before = typedAt.get(channel);
        if (connection.isUp() && (before == null || loop.now().minus(before).compareTo(TYPING_EVERY) >= 0)) {
            typedAt.put(channel, loop.now());
            send(new ClientFrame.Typing(channel));
        }
    }

    void read(ChannelName channel, long seq) {
        marks.mark(channel, seq);
    }

    /** Kept over links. */
    void away(boolean now) {
        status(now, idle);
    }

    /** The user did something. */
    void used() {
        idleTimer.used();
    }

    private void status(boolean nowAway, boolean nowIdle) {
        boolean before = away || idle;
        away = nowAway;
        idle = nowIdle;
        if (before != (away || idle)) {
            send(before ? new ClientFrame.Active() : new ClientFrame.Away());
        }
    }

    /** Watches all contacts on this link and all that follow. */
    void watchContacts() {
        watchesContacts = true;
    }

    /** On any thread. */
    RealtimePresence presenceIn(ChannelName channel) {
        return presences.in(channel);
    }

    @Override
    public boolean wantsOccupancy(ChannelName channel) {
        return presences.wantsOccupancy(channel);
    }

    @Override
    public void ended(ChannelName channel, RequestFailed why) {
        presences.ended(channel, why);
    }

    /** Watches users on this link and all that follow. */
    void watch(List<UserId> users) {
        watched.addAll(users);
    }

    @Override
    public CompletableFuture<ServerFrame.Reply> ask(Function<Ref, ClientFrame> frame) {
        if (!connection.isUp()) {
            return CompletableFuture.failedFuture(new RequestFailed(ErrorCode.UNAVAILABLE, "not connected"));
        }
        Ref ref = nextRef();
        CompletableFuture<ServerFrame.Reply> reply = requests.expect(ref);
        if (!reply.isDone()) {
            send(frame.apply(ref));
        }
        return reply;
    }

    @Override
    public CompletableFuture<EventPage> events(ChannelName channel, long after) {
        return repairs.events(channel, after);
    }

    @Override
    public boolean isUp() {
        return connection.isUp();
    }

    @Override
    public Collection<ChannelName> channels() {
        return subscriptions.channels();
    }

    @Override
    public void onFrame(ServerFrame frame) {
        if (frame instanceof ServerFrame.Reply reply) {
            onReply(reply);
        } else if (frame instanceof ServerFrame.LogEvent event) {
            subscriptions.onEvent(event);
        } else if (frame instanceof ServerFrame.EphemeralEvent event) {
            listener.onEphemeral(event);
        } else if (frame instanceof ServerFrame.Presence presence) {
            listener.onPresence(presence.changes());
        } else if (frame instanceof ServerFrame.PresenceDiff diff) {
            presences.onDiff(diff);
        } else if (frame instanceof ServerFrame.Occupancy occupancy) {
            presences.onOccupancy(occupancy);
        } else if (frame instanceof ServerFrame.Gap gap) {
            subscriptions.onGap(gap);
        }
    }

    private void onReply(ServerFrame.Reply reply) {
        if (reply instanceof ServerFrame.Ack ack && publishes.onAck(ack)) {
            return;
        }
        if (reply instanceof ServerFrame.ErrorReply error) {
            onError(error);
            return;
        }
        if (reply instanceof ServerFrame.Subscribed subscribed) {
            subscriptions.onSubscribed(subscribed);
            presences.granted(subscribed.channel());
        } else if (reply instanceof ServerFrame.PresenceSync sync) {
            presences.onSync(sync); // before its future completes: the diffs that follow build on it
        } else if (reply instanceof ServerFrame.Unsubscribed unsubscribed && unsubscribed.ref() == null) {
            subscriptions.onUnsubscribed(unsubscribed.channel());
        }
        answer(reply);
    }

    @Override
    public void onOnline(Transport transport, ServerFrame.Welcome welcome, Arrival arrival) {
        welcomed = welcome;
        if (arrival == Arrival.RESTARTED) {
            subscriptions.startOver();
        }
        presences.online(transport, welcome);
        subscriptions.onWelcome(welcome);
        if (arrival != Arrival.MOVED) { // what is in flight on the link before is still answered
            publishes.sendAgain();
        }
        marks.online();
        watchAgain();
        if (away || idle) {
            send(new ClientFrame.Away());
        }
        List.copyOf(connecting).forEach(promise -> promise.complete(welcome));
        connecting.clear();
        listener.onState(new ConnectionState.Connected(transport, welcome));
    }

    @Override
    public void onLinkLost() {
        presences.offline();
        requests.failAll("the link was lost");
    }

    @Override
    public void onState(ConnectionState state) {
        if (state instanceof ConnectionState.Closed ended) {
            onClosed(new RequestFailed(ErrorCode.UNAVAILABLE, ended.why()));
        }
        listener.onState(state);
    }

    @Override
    public void onTransport(TransportChange change) {
        listener.onTransport(change);
    }

    private void onClosed(RequestFailed why) {
        if (closed != null) {
            return;
        }
        closed = why;
        List.copyOf(connecting).forEach(promise -> promise.completeExceptionally(why));
        connecting.clear();
        presences.offline();
        requests.failAll(String.valueOf(why.getMessage()));
        presences.cancel(why);
        subscriptions.fail(why);
        publishes.fail(why);
    }

    private void watchAgain() {
        if (watchesContacts) {
            watchAgain(ref -> new ClientFrame.Presence(ref, null, true, true));
        }
        List<UserId> all = List.copyOf(watched);
        for (int from = 0; from < all.size(); from += ClientFrame.MAX_PRESENCE_USERS) {
            List<UserId> some = all.subList(from, Math.min(all.size(), from + ClientFrame.MAX_PRESENCE_USERS));
            watchAgain(ref -> new ClientFrame.Presence(ref, some, true));
        }
    }

    private void watchAgain(Function<Ref, ClientFrame> frame) {
        var unused = ask(frame).thenAccept(reply -> {
            if (reply instanceof ServerFrame.PresenceState state) {
                listener.onPresence(state.users());
            }
        });
    }

    private void onError(ServerFrame.ErrorReply error) {
        Ref ref = error.ref();
        if (ref == null) {
            LOG.log(Level.DEBUG, "the server said {0}: {1}", error.code().wire(), error.message());
            listener.onError(RequestFailed.of(error));
            return;
        }
        if (!publishes.onError(ref, error)) {
            requests.answer(ref, error);
        }
    }

    private void answer(ServerFrame.Reply reply) {
        Ref ref = reply.ref();
        if (ref != null) {
            requests.answer(ref, reply);
        }
    }

    private static RequestFailed closedByApplication() {
        return new RequestFailed(ErrorCode.UNAVAILABLE, CLOSED);
    }

    private Ref nextRef() {
        return Ref.of(++lastRef);
    }
}
