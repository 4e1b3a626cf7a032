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

/** Brings frames to what they are for, and publishes on their way. On the loop only. */
final class ClientCore implements Connection.Owner, Subscription.Suite {
    private static final System.Logger LOG = System.getLogger(ClientCore.class.getName());
    private static final Duration CHECK_ACKS = Duration.ofSeconds(5);
    /** With the standard backoff, after a quarter of an hour in which the suite said "later". */
    private static final int MOST_REFUSALS = 30;
    /** Others see somebody as typing for 5 s after a frame, so more than one in this time tells nothing new. */
    private static final Duration TYPING_EVERY = Duration.ofSeconds(3);

    private final EventLoop loop;
    private final ClientListener listener;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final SendQueue queue = new SendQueue();
    private final Repairs repairs;
    private final Requests requests;
    private final Subscriptions subscriptions;
    private final ReadMarks marks = new ReadMarks(this::send);
    private final Map<ChannelName, Duration> typedAt = new HashMap<>();
    private final Set<UserId> watched = new LinkedHashSet<>();
    private final List<CompletableFuture<ServerFrame.Welcome>> connecting = new ArrayList<>();
    private final Connection connection;
    private EventLoop.Timer checks = EventLoop.Timer.NONE;
    private long lastRef;
    private boolean away;
    private boolean over;
    private ServerFrame.@Nullable Welcome welcomed;
    private @Nullable RequestFailed closed;

    ClientCore(
            EventLoop loop,
            BiFunction<ChannelName, Long, CompletableFuture<EventPage>> history,
            int mostRepaired,
            ClientListener listener,
            Backoff backoff,
            RandomGenerator random,
            Function<Connection.Owner, Connection> connection) {
        this.loop = loop;
        this.repairs = new Repairs(loop, history);
        this.listener = listener;
        this.backoff = backoff;
        this.random = random;
        this.requests = new Requests(loop);
        this.subscriptions = new Subscriptions(loop, this, listener, mostRepaired);
        this.connection = connection.apply(this);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Completes at the next welcome, or with that of now. */
    void open(CompletableFuture<ServerFrame.Welcome> promise) {
        if (over && closed != null) {
            promise.completeExceptionally(closed);
            return;
        }
        if (welcomed != null && connection.isUp()) {
            promise.complete(welcomed);
            return;
        }
        closed = null;
        connecting.add(promise);
        checkAcksLater();
        connection.open();
    }

    void wake() {
        connection.wake();
    }

    void close() {
        over = true;
        RequestFailed why = new RequestFailed(ErrorCode.UNAVAILABLE, "closed by this client");
        connection.close("closed by this client");
        onClosed(why);
        subscriptions.close(why);
    }

    /** Queues a message, and sends it if there is a link. */
    void publish(Function<Ref, ClientFrame.Publish> message, CompletableFuture<ServerFrame.Ack> ack) {
        if (closed != null) {
            ack.completeExceptionally(closed);
            return;
        }
        Ref ref = nextRef();
        SendQueue.Pending pending = new SendQueue.Pending(message.apply(ref), ack);
        queue.add(ref, pending);
        typedAt.remove(pending.frame().channel()); // the next key counts as typing again
        if (queue.next(pending.frame().channel())
                .filter(pending.frame()::equals)
                .isPresent()) {
            send(pending.frame());
        }
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
        if (away != now) {
            away = now;
            send(now ? new ClientFrame.Away() : new ClientFrame.Active());
        }
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
        switch (frame) {
            case ServerFrame.Ack ack -> onAck(ack);
            case ServerFrame.ErrorReply error -> onError(error);
            case ServerFrame.Subscribed subscribed -> {
                subscriptions.onSubscribed(subscribed);
                answer(subscribed);
            }
            case ServerFrame.Unsubscribed unsubscribed
            when unsubscribed.ref() == null -> subscriptions.onUnsubscribed(unsubscribed.channel());
            case ServerFrame.Reply reply -> answer(reply);
            case ServerFrame.LogEvent event -> subscriptions.onEvent(event);
            case ServerFrame.EphemeralEvent event -> listener.onEphemeral(event);
            case ServerFrame.Presence presence -> listener.onPresence(presence.changes());
            case ServerFrame.Gap gap -> subscriptions.onGap(gap);
            case ServerFrame.Welcome _, ServerFrame.GoAway _, ServerFrame.TokenExpiring _ -> {} // the connection's
        }
    }

    @Override
    public void onOnline(Transport transport, ServerFrame.Welcome welcome, Arrival arrival) {
        welcomed = welcome;
        if (arrival == Arrival.RESTARTED) {
            subscriptions.startOver();
        }
        subscriptions.onWelcome(welcome);
        if (arrival != Arrival.MOVED) { // what is under way on the link before is still answered
            queue.heads().forEach(this::send);
        }
        marks.online();
        watchAgain();
        if (away) {
            send(new ClientFrame.Away());
        }
        List.copyOf(connecting).forEach(promise -> promise.complete(welcome));
        connecting.clear();
        listener.onState(new ConnectionState.Connected(transport, welcome));
    }

    @Override
    public void onLinkLost() {
        requests.failAll("the link was lost");
    }

    @Override
    public void onState(ConnectionState state) {
        if (state instanceof ConnectionState.Closed(int code, String why)) {
            onClosed(new RequestFailed(ErrorCode.UNAVAILABLE, why));
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
        checks.cancel();
        List.copyOf(connecting).forEach(promise -> promise.completeExceptionally(why));
        connecting.clear();
        requests.failAll(String.valueOf(why.getMessage()));
        subscriptions.fail(why);
        for (SendQueue.Pending pending : queue.drain()) {
            pending.ack().completeExceptionally(why);
        }
    }

    private void watchAgain() {
        List<UserId> all = List.copyOf(watched);
        for (int from = 0; from < all.size(); from += ClientFrame.MAX_PRESENCE_USERS) {
            List<UserId> some = all.subList(from, Math.min(all.size(), from + ClientFrame.MAX_PRESENCE_USERS));
            var unused = ask(ref -> new ClientFrame.Presence(ref, some, true)).thenAccept(reply -> {
                if (reply instanceof ServerFrame.PresenceState state) {
                    listener.onPresence(state.users());
                }
            });
        }
    }

    private void onAck(ServerFrame.Ack ack) {
        Ref ref = ack.ref();
        if (ref != null) {
            queue.remove(ref)
                    .ifPresentOrElse(
                            pending -> {
                                pending.ack().complete(ack);
                                sendNext(pending);
                            },
                            () -> requests.answer(ref, ack));
        }
    }

    private void onError(ServerFrame.ErrorReply error) {
        Ref ref = error.ref();
        if (ref == null) {
            LOG.log(Level.DEBUG, "the server said {0}: {1}", error.code().wire(), error.message());
            listener.onError(RequestFailed.of(error));
            return;
        }
        queue.find(ref)
                .ifPresentOrElse(pending -> onPublishRefused(ref, pending, error), () -> requests.answer(ref, error));
    }

    private void onPublishRefused(Ref ref, SendQueue.Pending pending, ServerFrame.ErrorReply error) {
        int refusals = pending.countRefusal();
        if (error.retryable() && refusals <= MOST_REFUSALS) {
            Duration asked = Duration.ofMillis(error.retryAfterMs() == null ? 0 : Math.max(0, error.retryAfterMs()));
            loop.schedule(
                    asked.plus(backoff.delay(refusals, random)),
                    () -> queue.find(ref).ifPresent(still -> send(still.frame())));
        } else {
            queue.remove(ref);
            pending.ack().completeExceptionally(RequestFailed.of(error));
            sendNext(pending);
        }
    }

    private void sendNext(SendQueue.Pending done) {
        queue.next(done.frame().channel()).ifPresent(this::send);
    }

    private void answer(ServerFrame.Reply reply) {
        Ref ref = reply.ref();
        if (ref != null) {
            requests.answer(ref, reply);
        }
    }

    private void checkAcksLater() {
        checks.cancel();
        checks = loop.schedule(CHECK_ACKS, this::checkAcks);
    }

    /** A reply travels over a bus that may lose it: what has no answer for long is asked again, under the same id. */
    private void checkAcks() {
        if (connection.isUp()) {
            queue.overdue().forEach(this::send);
        }
        checkAcksLater();
    }

    private Ref nextRef() {
        return Ref.of(++lastRef);
    }
}
