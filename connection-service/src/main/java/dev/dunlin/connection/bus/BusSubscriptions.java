package dev.dunlin.connection.bus;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.protocol.bus.BusChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One subscription for each bus channel that has receivers on this node. Hub loop only. */
public final class BusSubscriptions implements Bus.Listener {
    private static final CompletionStage<Void> CONFIRMED = CompletableFuture.completedStage(null);

    private final Bus bus;
    private final ConnectionMetrics metrics;
    private final Map<BusChannel, Receivers> channels = new HashMap<>();
    private final List<Runnable> afterReconnect = new ArrayList<>();

    public BusSubscriptions(Bus bus, ConnectionMetrics metrics) {
        this.bus = bus;
        this.metrics = metrics;
    }

    /** Nearly always one receiver: a channel, or a link of a user. */
    private static final class Receivers {
        private CompletionStage<Void> confirmed;
        /** The only one, or {@link Several}; null if there are none. */
        private @Nullable Consumer<byte[]> receiver;

        Receivers(CompletionStage<Void> confirmed) {
            this.confirmed = confirmed;
        }

        /** A copy that does not change. */
        List<Consumer<byte[]>> all() {
            if (receiver instanceof Several several) {
                return several.all();
            }
            return receiver == null ? List.of() : List.of(receiver);
        }

        void accept(byte[] payload) {
            if (receiver != null) {
                receiver.accept(payload);
            }
        }

        void add(Consumer<byte[]> one) {
            List<Consumer<byte[]>> all = new ArrayList<>(all());
            if (!all.contains(one)) {
                all.add(one);
                keep(all);
            }
        }

        boolean remove(Consumer<byte[]> one) {
            List<Consumer<byte[]>> fewer = new ArrayList<>(all());
            boolean removed = fewer.remove(one);
            keep(fewer);
            return removed;
        }

        private void keep(List<Consumer<byte[]>> all) {
            receiver = all.size() > 1 ? new Several(List.copyOf(all)) : all.isEmpty() ? null : all.getFirst();
        }
    }

    private record Several(List<Consumer<byte[]>> all) implements Consumer<byte[]> {
        @Override
        public void accept(byte[] payload) {
            all.forEach(receiver -> receiver.accept(payload));
        }
    }

    /**
     * Adds a receiver. Completes when it will miss nothing more. On failure the receiver stays
     * until it is removed.
     *
     * @param receiver compared by identity or by its own {@code equals}; adding it twice has no
     *     effect
     */
    public CompletionStage<Void> subscribe(BusChannel channel, Consumer<byte[]> receiver) {
        Receivers known = channels.get(channel);
        if (known == null) {
            Receivers added = new Receivers(bus.subscribe(channel));
            known = added;
            channels.put(channel, known);
            var unused = known.confirmed.thenRun(() -> added.confirmed = CONFIRMED);
        }
        known.add(receiver);
        return known.confirmed;
    }

    /**
     * Lets a receiver take the place of another, which misses nothing by it. Returns whether the
     * other was there.
     */
    public boolean replace(BusChannel channel, Consumer<byte[]> receiver, Consumer<byte[]> by) {
        Receivers known = channels.get(channel);
        if (known == null || !known.remove(receiver)) {
            return false;
        }
        known.add(by);
        return true;
    }

    /** Removes a receiver. With the last one the bus subscription ends. */
    public void unsubscribe(BusChannel channel, Consumer<byte[]> receiver) {
        Receivers known = channels.get(channel);
        if (known != null && known.remove(receiver) && known.all().isEmpty()) {
            channels.remove(channel);
            bus.unsubscribe(channel);
        }
    }

    /** All receivers of this type. */
    public <T extends Consumer<byte[]>> List<T> receivers(Class<T> kind) {
        return channels.values().stream()
                .flatMap(known -> known.all().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The receivers of this type on one channel. */
    public <T extends Consumer<byte[]>> List<T> receivers(BusChannel channel, Class<T> kind) {
        Receivers known = channels.get(channel);
        return known == null
                ? List.of()
                : known.all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Registers a task that runs after messages may have been lost. */
    public void onReconnect(Runnable task) {
        afterReconnect.add(task);
    }

    /** Messages may have been lost: runs the tasks of {@link #onReconnect}. */
    public void suspect() {
        afterReconnect.forEach(Runnable::run);
    }

    /** How many channels the node is subscribed to. */
    public int size() {
        return channels.size();
    }

    @Override
    public Set<BusChannel> wanted() {
        return Collections.unmodifiableSet(channels.keySet());
    }

    @Override
    public void received(BusChannel channel, byte[] payload) {
        @Nullable Receivers known = channels.get(channel);
        if (known != null) {
            known.accept(payload);
        }
    }

    @Override
    public void reconnected() {
        metrics.busReconnected();
        suspect();
    }
}
