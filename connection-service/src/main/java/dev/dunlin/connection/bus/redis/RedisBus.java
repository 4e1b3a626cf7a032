package dev.dunlin.connection.bus.redis;

import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.redis.Patience;
import dev.dunlin.edge.redis.PinnedConnection;
import dev.dunlin.protocol.bus.BusChannel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
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

/**
 * Redis pub/sub over one connection that receives and one that publishes. What arrives on them is
 * handed to the hub loop, which owns the state.
 */
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

    public RedisBus(Vertx vertx, Redis redis, Patience patience, HubLoop loop) {
        this.loop = loop;
        this.receiving =
                new PinnedConnection("bus subscriptions", vertx, redis, patience, new PinnedConnection.Listener() {
                    @Override
                    public void connected() {
                        loop.execute(RedisBus.this::subscribeAll);
                    }

                    @Override
                    public void received(Response push) {
                        loop.execute(() -> reply(push));
                    }
                });
        this.publishing =
                new PinnedConnection("bus publishing", vertx, redis, patience, new PinnedConnection.Listener() {});
    }

    /** Connects, and reconnects until {@link #stop}. Call once, on the hub loop. */
    public void start(Listener receiver) {
        this.listener = receiver;
        var unused = receiving.start();
        var unusedToo = publishing.start();
    }

    /** Closes both connections for good. Any thread. */
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
        receiving.sendPubSub(Command.SUBSCRIBE, List.of(channel.name()));
        loop.after(
                CONFIRM_WITHIN,
                () -> confirmed.completeExceptionally(new TimeoutException("Redis did not confirm " + channel)));
        return confirmed;
    }

    @Override
    public void unsubscribe(BusChannel channel) {
        resubscribing.remove(channel);
        if (!receiving.sendPubSub(Command.UNSUBSCRIBE, List.of(channel.name()))) {
            unconfirmed.remove(channel); // no confirmation will come: nobody waits for one
        }
    }

    @Override
    public void reset(String why) {
        receiving.reset(why);
        publishing.reset(why);
    }

    @Override
    public CompletionStage<Void> publish(BusChannel channel, byte[] payload) {
        return publishing
                .send(Request.cmd(Command.PUBLISH).arg(channel.name()).arg(Buffer.buffer(payload)))
                .thenAccept(receivers -> {});
    }

    private void subscribeAll() {
        Set<BusChannel> wanted = listener == null ? Set.of() : Set.copyOf(listener.wanted());
        // Whoever waited on the lost connection waits for this one. Of several waits of one
        // channel the last one stands for all.
        unconfirmed.values().forEach(RedisBus::keepLast);
        unconfirmed.keySet().retainAll(wanted);
        resubscribing.clear();
        resubscribing.addAll(wanted);
        for (BusChannel channel : wanted) {
            unconfirmed.computeIfAbsent(channel, name -> new ArrayDeque<>(List.of(new CompletableFuture<>())));
        }
        List<String> names = wanted.stream().map(BusChannel::name).toList();
        for (int from = 0; from < names.size(); from += NAMES_A_COMMAND) {
            receiving.sendPubSub(
                    Command.SUBSCRIBE, names.subList(from, Math.min(names.size(), from + NAMES_A_COMMAND)));
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
