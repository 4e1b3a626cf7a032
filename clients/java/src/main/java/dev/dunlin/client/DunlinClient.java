package dev.dunlin.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.History;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user's client: keeps a link up by the best transport that gets through, subscribes again after
 * it was lost, and surfaces each event of a channel once and in order, over lost links and changes
 * of the transport. Everything may be called at any time; what needs the link waits for it where it
 * is said so. Futures fail with {@link RequestFailed}. Thread-safe, does not block but for
 * {@link #history}; futures complete on the client's thread, which must not be blocked.
 */
public final class DunlinClient implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    /** For the client's thread to close, once the time is over. */
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final ClientCore core;
    private final RestClient rest;
    private final Semaphore room;
    private final int capacity;
    private final Supplier<ClientMessageId> ids;

    DunlinClient(EventLoop loop, ClientCore core, RestClient rest, int capacity, Supplier<ClientMessageId> ids) {
        this.loop = loop;
        this.core = core;
        this.rest = rest;
        this.capacity = capacity;
        this.room = new Semaphore(capacity);
        this.ids = ids;
    }

    /** A client of the suite at {@code origin} ({@code http:} or {@code https:}). */
    public static DunlinClientBuilder at(URI origin, TokenSource tokens) {
        return new DunlinClientBuilder(origin, tokens);
    }

    /**
     * Connects, by the best transport that gets through, and from then on again whenever the link
     * is lost; tries at once if it was waiting for the next try, and again after
     * {@link ConnectionState.Closed}. Completes at the next welcome; fails when it is hopeless, or
     * on close.
     */
    public CompletableFuture<ServerFrame.Welcome> connect() {
        CompletableFuture<ServerFrame.Welcome> welcomed = new CompletableFuture<>();
        loop.execute(() -> core.open(welcomed));
        return welcomed;
    }

    /**
     * The network is back, the machine was woken: tries at once if it was waiting, and makes sure
     * that a link which is up still lives.
     */
    public void wake() {
        loop.execute(core::wake);
    }

    /** Publishes under a new id. */
    public CompletableFuture<ServerFrame.Ack> publish(ChannelName channel, JsonNode data) {
        return publish(channel, ids.get(), data, null);
    }

    /**
     * Publishes. Without a link the message waits for one; it is sent again until it is answered,
     * always under this id. Fails with {@link ErrorCode#OVERLOADED} at once when too many messages
     * wait.
     */
    public CompletableFuture<ServerFrame.Ack> publish(
            ChannelName channel, ClientMessageId id, JsonNode data, @Nullable Long replyTo) {
        return publish(channel, id, data, replyTo, List.of());
    }

    /**
     * As {@link #publish(ChannelName, ClientMessageId, JsonNode, Long)}, and mentions these users
     * beside those in {@code data.text}; at most {@link ClientFrame#MAX_MENTIONS}.
     */
    public CompletableFuture<ServerFrame.Ack> publish(
            ChannelName channel, ClientMessageId id, JsonNode data, @Nullable Long replyTo, List<UserId> mentions) {
        @Nullable List<UserId> named = mentions.isEmpty() ? null : List.copyOf(mentions);
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new RequestFailed(ErrorCode.OVERLOADED, capacity + " messages already wait for their ack"));
        }
        CompletableFuture<ServerFrame.Ack> ack = new CompletableFuture<>();
        CompletableFuture<ServerFrame.Ack> result = ack.whenComplete((answer, failure) -> room.release());
        noteActivity();
        loop.execute(() -> core.publish(ref -> new ClientFrame.Publish(ref, channel, id, data, replyTo, named), ack));
        return result;
    }

    /** Subscribes from now on. Goes on by itself over new links until {@link #unsubscribe}. */
    public CompletableFuture<ServerFrame.Subscribed> subscribe(ChannelName channel) {
        return onLoop(() -> core.subscriptions().subscribe(channel, null));
    }

    /** Subscribes, and surfaces what came after that position first. */
    public CompletableFuture<ServerFrame.Subscribed> subscribe(ChannelName channel, StreamPosition after) {
        return onLoop(() -> core.subscriptions().subscribe(channel, after));
    }

    /** Ends a subscription. */
    public CompletableFuture<Void> unsubscribe(ChannelName channel) {
        return onLoop(() -> {
            core.subscriptions().leave(channel);
            return core.ask(ref -> new ClientFrame.Unsubscribe(ref, channel)).thenAccept(reply -> {});
        });
    }

    /** How far this client is in a channel: keep it to go on from there in another process. */
    public CompletableFuture<Optional<StreamPosition>> position(ChannelName channel) {
        return onLoop(() -> CompletableFuture.completedFuture(
                Optional.ofNullable(core.subscriptions().position(channel))));
    }

    /**
     * Replaces the data of the message {@code seq}. Fails with a retryable {@link RequestFailed}
     * when the link is lost: it may or may not have been done. So do the next two.
     */
    public CompletableFuture<ServerFrame.Ack> edit(ChannelName channel, long seq, JsonNode data) {
        return ask(ref -> new ClientFrame.Edit(ref, channel, seq, data), ServerFrame.Ack.class);
    }

    /** Deletes the message {@code seq}. */
    public CompletableFuture<ServerFrame.Ack> delete(ChannelName channel, long seq) {
        return ask(ref -> new ClientFrame.Delete(ref, channel, seq), ServerFrame.Ack.class);
    }

    /** Adds or removes the user's reaction to the message {@code seq}. */
    public CompletableFuture<ServerFrame.Ack> react(ChannelName channel, long seq, Emoji emoji, boolean remove) {
        return ask(ref -> new ClientFrame.React(ref, channel, seq, emoji, remove), ServerFrame.Ack.class);
    }

    /** Sends something ephemeral; without a link it is dropped. */
    public void signal(ChannelName channel, JsonNode data) {
        send(new ClientFrame.Signal(channel, data));
    }

    /**
     * Shows for 5 s that the user types. Call it on every key: it sends no more often than others
     * need it, and nothing without a WebSocket.
     */
    public void typing(ChannelName channel) {
        noteActivity();
        loop.execute(() -> core.typing(channel));
    }

    /**
     * Everything up to {@code seq} has been read. Moves forward only; what may have been lost with
     * a link is sent again.
     */
    public void read(ChannelName channel, long seq) {
        noteActivity();
        loop.execute(() -> core.read(channel, seq));
    }

    /** Moves the received mark forward; without a WebSocket it is dropped. */
    public void received(ChannelName channel, long seq) {
        send(new ClientFrame.Received(channel, seq));
    }

    /**
     * Says that the user is not at the device, until {@link #active}; kept over links. Only a
     * WebSocket can tell it.
     */
    public void away() {
        loop.execute(() -> core.away(true));
    }

    /**
     * The user did something at the device: it is not idle, see
     * {@link DunlinClientBuilder#idleAfter}. Publishing, typing and reading say so, too. Call it as
     * often as you like.
     */
    public void noteActivity() {
        loop.execute(core::used);
    }

    /** Says that the user is back. */
    public void active() {
        loop.execute(() -> core.away(false));
    }

    /** How long it is to the suite and back, by the transport in use. */
    public CompletableFuture<Duration> ping() {
        return onLoop(() -> {
            Duration sent = loop.now();
            return core.ask(ClientFrame.Ping::new).thenApply(pong -> loop.now().minus(sent));
        });
    }

    /**
     * The channel's messages, fetched page by page as they are iterated; that blocks, so not in a
     * {@link ClientListener}.
     */
    public History history(ChannelName channel) {
        return History.of(rest, channel);
    }

    /**
     * The presence of up to 100 users now; with {@code watch}, changes come to the listener from
     * then on.
     */
    public CompletableFuture<List<UserPresence>> presence(List<UserId> users, boolean watch) {
        return onLoop(() -> {
                    if (watch) {
                        core.watch(users);
                    }
                    return core.ask(ref -> new ClientFrame.Presence(ref, users, watch));
                })
                .thenApply(reply -> as(ServerFrame.PresenceState.class, reply).users());
    }

    /**
     * The presence of all users who share a direct channel with this one, up to 1,000; with
     * {@code watch}, changes come to the listener from then on, also of later contacts. Needs a
     * WebSocket.
     */
    public CompletableFuture<List<UserPresence>> contactPresence(boolean watch) {
        return onLoop(() -> {
                    if (watch) {
                        core.watchContacts();
                    }
                    return core.ask(ref -> new ClientFrame.Presence(ref, null, watch, true));
                })
                .thenApply(reply -> as(ServerFrame.PresenceState.class, reply).users());
    }

    /** Who is in a channel, live. This sends nothing. */
    public RealtimePresence presenceIn(ChannelName channel) {
        return core.presenceIn(channel);
    }

    /** The REST half, with this client's token. */
    public RestClient rest() {
        return rest;
    }

    /** As {@link #close(Duration)}, with 5 seconds. */
    @Override
    public void close() {
        close(CLOSE_WITHIN);
    }

    /**
     * Closes the link, after the publishes so far were acknowledged or refused. Blocks until then,
     * at most {@code atMost}; what has no answer by then fails with {@link RequestFailed}. Zero
     * closes at once. On the client's own thread, in a {@link ClientListener}, it does not block.
     */
    public void close(Duration atMost) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        loop.execute(() -> core.close(atMost, done));
        if (loop.isCurrent()) {
            return;
        }
        try {
            done.get(atMost.plus(CLOSE_MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // A listener that blocks the client's thread: it closes as soon as the listener
            // returns.
        }
    }

    private void send(ClientFrame frame) {
        loop.execute(() -> core.send(frame));
    }

    private <T extends ServerFrame.Reply> CompletableFuture<T> ask(Function<Ref, ClientFrame> frame, Class<T> type) {
        return onLoop(() -> core.ask(frame)).thenApply(reply -> as(type, reply));
    }

    private static <T> T as(Class<T> type, ServerFrame.Reply reply) {
        if (type.isInstance(reply)) {
            return type.cast(reply);
        }
        throw new RequestFailed(ErrorCode.INTERNAL, "the server answered with " + reply);
    }

    private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> task) {
        return CompletableFuture.completedFuture(task).thenComposeAsync(Supplier::get, loop);
    }
}
