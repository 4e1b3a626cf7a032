package dev.dunlin.connection.bus.redis;

import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.loop.Deadlines;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.redis.Patience;
import dev.dunlin.edge.redis.PinnedConnection;
import dev.dunlin.protocol.bus.BusChannel;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    /** From one SUBSCRIBE or UNSUBSCRIBE to the next. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final HubLoop loop;
    private final PinnedConnection receiving;
    private final PinnedConnection publishing;
    private final Map<BusChannel, Deque<CompletableFuture<Void>>> unconfirmed = new HashMap<>();
    private final Set<BusChannel> resubscribing = new HashSet<>();
    private final Deadlines deadlines;
    /** What the next SUBSCRIBE and the next UNSUBSCRIBE name. A channel is in one of them only. */
    private final Set<BusChannel> subscribing = new LinkedHashSet<>();

    private final Set<BusChannel> unsubscribing = new LinkedHashSet<>();
    private boolean pausing;
    private @Nullable Listener listener;
    private volatile boolean connectedBefore;

    /** {@code context}: of the loop, so that what arrives on the connections changes no thread. */
    public RedisBus(Context context, Redis redis, Patience patience, HubLoop loop) {
        this.loop = loop;
        this.deadlines = new Deadlines(loop, CONFIRM_WITHIN);
        this.receiving =
                new PinnedConnection("bus subscriptions", context, redis, patience, new PinnedConnection.Listener() {
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
                new PinnedConnection("bus publishing", context, redis, patience, new PinnedConnection.Listener() {});
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
        add(channel, subscribing, unsubscribing);
        deadlines.watch(confirmed, "Redis did not confirm " + channel);
        return confirmed;
    }

    @Override
    public void unsubscribe(BusChannel channel) {
        resubscribing.remove(channel);
        if (receiving.connected()) {
            add(channel, unsubscribing, subscribing);
        } else {
            subscribing.remove(channel);
            unconfirmed.remove(channel); // no confirmation will come: nobody waits for one
        }
    }

    /**
     * Adds a channel to a command. After a quiet moment the command goes out at the end of this
     * turn, else {@link #PAUSE} after the last one. A command has a fixed cost here and in Redis,
     * and clients often come and go together.
     */
    private void add(BusChannel channel, Set<BusChannel> to, Set<BusChannel> other) {
        if (other.contains(channel) || to.contains(channel)) {
            sendNames(); // the calls for one channel keep their order, and each is confirmed
        }
        if (subscribing.isEmpty() && unsubscribing.isEmpty() && !pausing) {
            pausing = true;
            loop.execute(this::sendAndPause);
        }
        to.add(channel);
    }

    private void sendAndPause() {
        sendNames();
        loop.after(PAUSE, () -> {
            pausing = !subscribing.isEmpty() || !unsubscribing.isEmpty();
            if (pausing) {
                sendAndPause();
            }
        });
    }

    private void sendNames() {
        send(Command.SUBSCRIBE, subscribing);
        send(Command.UNSUBSCRIBE, unsubscribing);
        subscribing.clear();
        unsubscribing.clear();
    }

    private void send(Command command, Collection<BusChannel> channels) {
        List<String> names = channels.stream().map(BusChannel::name).toList();
        for (int from = 0; from < names.size(); from += NAMES_A_COMMAND) {
            receiving.sendPubSub(command, names.subList(from, Math.min(names.size(), from + NAMES_A_COMMAND)));
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
        subscribing.clear();
        unsubscribing.clear();
        send(Command.SUBSCRIBE, wanted);
        if (wanted.isEmpty()) {
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
                        BusChannel.named(reply.get(1).toString()), reply.get(2).toBytes());
            case "subscribe" -> confirm(BusChannel.named(reply.get(1).toString()));
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
