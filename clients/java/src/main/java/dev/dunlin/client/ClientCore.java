package dev.dunlin.client;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.FrameReader;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

    private final EventLoop loop;
    private final BiFunction<ChannelName, Long, CompletableFuture<EventPage>> history;
    private final TokenCache tokens;
    private final ClientListener listener;
    private final CompletableFuture<ServerFrame.Welcome> welcomed;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final SendQueue queue = new SendQueue();
    private final Requests requests;
    private final Subscriptions subscriptions;
    private final Set<UserId> watched = new LinkedHashSet<>();
    private final Connection connection;
    private long lastRef;
    private @Nullable RequestFailed closed;

    ClientCore(
            EventLoop loop,
            BiFunction<ChannelName, Long, CompletableFuture<EventPage>> history,
            TokenCache tokens,
            ClientListener listener,
            CompletableFuture<ServerFrame.Welcome> welcomed,
            Backoff backoff,
            RandomGenerator random,
            Function<Connection.Owner, Connection> connection) {
        this.loop = loop;
        this.history = history;
        this.tokens = tokens;
        this.listener = listener;
        this.welcomed = welcomed;
        this.backoff = backoff;
        this.random = random;
        this.requests = new Requests(loop);
        this.subscriptions = new Subscriptions(loop, this, listener);
        this.connection = connection.apply(this);
        loop.schedule(CHECK_ACKS, this::checkAcks);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    void open() {
        connection.open();
    }

    void close() {
        connection.close("closed by this client");
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
        if (queue.next(pending.frame().channel())
                .filter(pending.frame()::equals)
                .isPresent()) {
            send(pending.frame());
        }
    }

    /** Sends a frame that has no reply; without a link it is dropped. */
    void send(ClientFrame frame) {
        connection.send(new String(Json.write(frame), StandardCharsets.UTF_8));
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
        return history.apply(channel, after).whenCompleteAsync((page, failure) -> {}, loop);
    }

    @Override
    public boolean isUp() {
        return connection.isUp();
    }

    @Override
    public void onText(String text) {
        List<ServerFrame> frames;
        try {
            frames = FrameReader.readServerFrames(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInput e) {
            LOG.log(Level.WARNING, "the server sent what is no frame: {0}", e.getMessage());
            return;
        }
        frames.forEach(this::onFrame);
    }

    @Override
    public void onLinkLost(boolean startOver) {
        if (startOver) {
            subscriptions.startOver();
        }
        requests.failAll("the link was lost");
    }

    @Override
    public void onState(ConnectionState state) {
        if (state instanceof ConnectionState.Closed(String why)) {
            closed = new RequestFailed(ErrorCode.UNAVAILABLE, why);
            welcomed.completeExceptionally(closed);
            subscriptions.close(closed);
            for (SendQueue.Pending pending : queue.drain()) {
                pending.ack().completeExceptionally(closed);
            }
        }
        listener.onState(state);
    }

    private void onFrame(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Welcome welcome -> onWelcome(welcome);
            case ServerFrame.Ack ack -> onAck(ack);
            case ServerFrame.ErrorReply error -> onError(error);
            case ServerFrame.Reply reply -> answer(reply);
            case ServerFrame.LogEvent event -> subscriptions.onEvent(event);
            case ServerFrame.EphemeralEvent event -> listener.onEphemeral(event);
            case ServerFrame.Presence presence -> listener.onPresence(presence.changes());
            case ServerFrame.Gap gap -> subscriptions.onGap(gap);
            case ServerFrame.GoAway goAway -> connection.onGoAway(goAway);
            case ServerFrame.TokenExpiring expiring -> renewToken();
        }
    }

    private void onWelcome(ServerFrame.Welcome welcome) {
        connection.onWelcome(welcome);
        subscriptions.onWelcome(welcome);
        queue.heads().forEach(this::send);
        watchAgain();
        welcomed.complete(welcome);
        listener.onState(new ConnectionState.Connected(welcome));
    }

    private void watchAgain() {
        List<UserId> all = new ArrayList<>(watched);
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
            LOG.log(Level.WARNING, "the server answered {0}: {1}", error.code().wire(), error.message());
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
            pending.ack().completeExceptionally(new RequestFailed(error.code(), error.message()));
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

    private void renewToken() {
        var unused = tokens.renew()
                .thenComposeAsync(token -> ask(ref -> new ClientFrame.Auth(ref, token)), loop)
                .exceptionally(failure -> {
                    LOG.log(Level.WARNING, "the token could not be renewed: {0}", failure.getMessage());
                    return null;
                });
    }

    /** A reply travels over a bus that may lose it: what has no answer for long is asked again, under the same id. */
    private void checkAcks() {
        if (connection.isUp()) {
            queue.overdue().forEach(this::send);
        }
        if (closed == null) {
            loop.schedule(CHECK_ACKS, this::checkAcks);
        }
    }

    private Ref nextRef() {
        return Ref.of(++lastRef);
    }
}
