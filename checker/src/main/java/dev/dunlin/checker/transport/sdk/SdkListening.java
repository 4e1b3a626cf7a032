package dev.dunlin.checker.transport.sdk;

import dev.dunlin.checker.history.Watching;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.client.ClientListener;
import dev.dunlin.client.ConnectionState;
import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Listens with the SDK. A cut closes the client and continues with another one from the same
 * positions.
 */
public final class SdkListening implements Listening {
    private static final long LEAST_TO_REPEAT = 5;

    private final Function<ClientListener, DunlinClient> clients;
    private final Map<ChannelName, Watching> watching;
    private volatile Duration each = Duration.ZERO;
    private volatile @Nullable DunlinClient client;
    private @Nullable Receiver receiver;

    /** {@code clients} makes a client that is not connected yet. */
    public SdkListening(Function<ClientListener, DunlinClient> clients, Map<ChannelName, Watching> watching) {
        this.clients = clients;
        this.watching = Map.copyOf(watching);
    }

    @Override
    public synchronized void open() {
        Receiver mine = new Receiver();
        DunlinClient fresh = clients.apply(mine);
        receiver = mine;
        client = fresh;
        Map<ChannelName, Watching> known = Map.copyOf(watching);
        known.forEach((channel, one) ->
                one.position().ifPresent(position -> mine.listen(fresh.subscribe(channel, position), one)));
        var unused = fresh.connect()
                .thenAccept(welcome -> known.forEach((channel, one) -> {
                    if (one.position().isEmpty()) { // not one of the channels in welcome
                        mine.listen(fresh.subscribe(channel), one);
                    }
                }));
    }

    @Override
    public synchronized void cut() {
        leave();
        open();
    }

    private void leave() {
        if (receiver != null) {
            receiver.leave();
        }
        DunlinClient mine = client;
        if (mine != null) {
            mine.close();
        }
    }

    @Override
    public synchronized void fromStart(ChannelName channel) {
        Watching one = watching.get(channel);
        DunlinClient mine = client;
        if (receiver == null || mine == null || one == null) {
            return;
        }
        if (one.position().filter(now -> now.seq() >= LEAST_TO_REPEAT).isPresent()) {
            receiver.repeat(channel);
            var unused = mine.subscribe(channel, new StreamPosition(null, 0));
        }
    }

    @Override
    public void slow(Duration time) {
        each = time;
    }

    @Override
    public synchronized void close() {
        leave();
    }

    /** Receives the events of one client, on its thread. */
    private final class Receiver implements ClientListener {
        private final Set<ChannelName> repeating = new HashSet<>();
        private boolean connected;
        private boolean left;

        synchronized void leave() {
            left = true;
        }

        synchronized void repeat(ChannelName channel) {
            repeating.add(channel);
        }

        void listen(CompletableFuture<ServerFrame.Subscribed> asked, Watching one) {
            var unused = asked.thenAccept(subscribed -> begin(one, subscribed));
        }

        private synchronized void begin(Watching one, ServerFrame.Subscribed subscribed) {
            Long head = subscribed.head();
            if (!left && head != null && one.position().isEmpty()) {
                one.started(subscribed.epoch(), head);
            }
        }

        @Override
        public void onState(ConnectionState state) {
            if (state instanceof ConnectionState.Connected(Transport transport, ServerFrame.Welcome welcome)) {
                onWelcome(welcome);
            }
        }

        private synchronized void onWelcome(ServerFrame.Welcome welcome) {
            if (left) {
                return;
            }
            if (connected) {
                watching.values().forEach(one -> one.resumed(true));
            }
            connected = true;
            if (welcome.channels() != null) {
                for (ServerFrame.Membership membership : welcome.channels()) {
                    Watching one = watching.get(membership.channel());
                    if (one != null && one.position().isEmpty()) {
                        one.started(membership.epoch(), membership.head());
                    }
                }
            }
        }

        @Override
        public void onEvent(ServerFrame.LogEvent event) {
            Watching one = watching.get(event.channel());
            if (one != null) {
                take(one, event);
                dawdle();
            }
        }

        private synchronized void take(Watching one, ServerFrame.LogEvent event) {
            if (left) {
                return;
            }
            if (event.seq() == 1 && repeating.remove(event.channel())) {
                one.started(null, 0); // what the earlier subscription still showed came before this
            }
            one.seen(event);
        }

        private void dawdle() {
            if (!each.isZero()) {
                try {
                    TimeUnit.NANOSECONDS.sleep(each.toNanos());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public synchronized void onExpired(ChannelName channel, long from, long to) {
            Watching one = watching.get(channel);
            if (!left && one != null) {
                one.gap(from, to);
            }
        }

        @Override
        public synchronized void onConflated(ChannelName channel, long from, long to) {
            onExpired(channel, from, to);
        }

        @Override
        public synchronized void onReset(ChannelName channel, StreamPosition now) {
            Watching one = watching.get(channel);
            if (!left && one != null) {
                one.otherEpoch(now.epoch(), now.seq());
            }
        }

        @Override
        public synchronized void onSubscriptionLost(ChannelName channel, RequestFailed why) {
            Watching one = watching.get(channel);
            DunlinClient mine = client;
            if (!left && one != null && mine != null) {
                one.refused(why.getMessage() == null ? "" : why.getMessage());
                one.position()
                        .ifPresent(position -> CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                                .execute(() -> {
                                    var unused = mine.subscribe(channel, position);
                                }));
            }
        }
    }
}
