package dev.dunlin.connection.bus.redis;

import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.bus.BusChannel;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Redis pub/sub over one connection for what is received and one for what is published. State belongs to the hub loop. */
public final class RedisBus implements Bus {
    private static final Duration CONFIRM_WITHIN = Duration.ofSeconds(5);
    private static final int NAMES_A_COMMAND = 500;

    private final HubLoop loop;
    private final PinnedConnection receiving;
    private final PinnedConnection publishing;
    private final Map<BusChannel, Deque<CompletableFuture<Void>>> unconfirmed = new HashMap<>();
    private final Set<BusChannel> resubscribing = new HashSet<>();
    private @Nullable Listener listener;
    private volatile boolean connectedBefore;

    public RedisBus(Redis redis, HubLoop loop) {
        this.loop = loop;
        this.receiving = new PinnedConnection("bus subscriptions", redis, loop, this::connected, this::reply);
        this.publishing = new PinnedConnection("bus publishing", redis, loop, connection -> {}, reply -> {});
    }

    /** Connects, and goes on connecting. Call once, on the hub loop. */
    public void start(Listener receiver) {
        this.listener = receiver;
        receiving.connect();
        publishing.connect();
    }

    /** Closes both connections for good. Hub loop. */
    public void stop() {
        receiving.stop();
        publishing.stop();
    }

    /** Whether both connections stand. Any thread. */
    public boolean connected() {
        return receiving.connected() && publishing.connected();
    }

    /** Whether it ever was connected and subscribed. Any thread. */
    public boolean hasConnected() {
        return connectedBefore;
    }

    @Override
    public CompletionStage<Void> subscribe(BusChannel channel) {
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        unconfirmed.computeIfAbsent(channel, name -> new ArrayDeque<>()).add(confirmed);
        receiving.current().ifPresent(connection -> send(connection, Command.SUBSCRIBE, List.of(channel)));
        loop.after(
                CONFIRM_WITHIN,
                () -> confirmed.completeExceptionally(new TimeoutException("Redis did not confirm " + channel)));
        return confirmed;
    }

    @Override
    public void unsubscribe(BusChannel channel) {
        resubscribing.remove(channel);
        receiving
                .current()
                .ifPresentOrElse(
                        connection -> send(connection, Command.UNSUBSCRIBE, List.of(channel)),
                        () -> unconfirmed.remove(channel)); // no confirmation is on its way: nobody waits for one
    }

    @Override
    public void reset(String why) {
        receiving.giveUp(why);
        publishing.giveUp(why);
    }

    @Override
    public CompletionStage<Void> publish(BusChannel channel, byte[] payload) {
        return publishing
                .send(Request.cmd(Command.PUBLISH).arg(channel.name()).arg(Buffer.buffer(payload)))
                .thenAccept(receivers -> {});
    }

    private void connected(RedisConnection connection) {
        Set<BusChannel> wanted = listener == null ? Set.of() : Set.copyOf(listener.wanted());
        // Whoever waited on the lost connection waits for this one; of several waits of one channel the last stands for
        // all.
        unconfirmed.values().forEach(RedisBus::keepLast);
        unconfirmed.keySet().retainAll(wanted);
        resubscribing.clear();
        resubscribing.addAll(wanted);
        for (BusChannel channel : wanted) {
            unconfirmed.computeIfAbsent(channel, name -> new ArrayDeque<>(List.of(new CompletableFuture<>())));
        }
        List<BusChannel> names = new ArrayList<>(wanted);
        for (int from = 0; from < names.size(); from += NAMES_A_COMMAND) {
            send(connection, Command.SUBSCRIBE, names.subList(from, Math.min(names.size(), from + NAMES_A_COMMAND)));
        }
        if (names.isEmpty()) {
            allBack();
        }
    }

    private static void keepLast(Deque<CompletableFuture<Void>> waits) {
        while (waits.size() > 1) {
            waits.removeFirst().completeExceptionally(new TimeoutException("subscribed anew"));
        }
    }

    private void send(RedisConnection connection, Command command, List<BusChannel> channels) {
        Request request = Request.cmd(command);
        channels.forEach(channel -> request.arg(channel.name()));
        // SUBSCRIBE has no reply of its own: its confirmations come as messages. A failed write ends the connection.
        var unused = connection.send(request);
    }

    private void reply(Response reply) {
        if (reply.size() < 3 || listener == null) {
            return;
        }
        switch (reply.get(0).toString()) {
            case "message" ->
                listener.received(
                        new BusChannel(reply.get(1).toString()), reply.get(2).toBytes());
            case "subscribe" -> confirm(new BusChannel(reply.get(1).toString()));
            default -> {}
        }
    }

    private void confirm(BusChannel channel) {
        Deque<CompletableFuture<Void>> waits = unconfirmed.get(channel);
        if (waits != null) {
            CompletableFuture<Void> first = waits.pollFirst();
            if (waits.isEmpty()) {
                unconfirmed.remove(channel);
            }
            if (first != null) {
                first.complete(null);
            }
        }
        if (resubscribing.remove(channel) && resubscribing.isEmpty()) {
            allBack();
        }
    }

    private void allBack() {
        if (connectedBefore && listener != null) {
            listener.reconnected();
        }
        connectedBefore = true;
    }
}
