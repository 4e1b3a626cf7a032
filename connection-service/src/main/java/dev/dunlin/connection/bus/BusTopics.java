package dev.dunlin.connection.bus;

import dev.dunlin.connection.metrics.ConnectionMetrics;
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

/** One subscription on the bus for each topic that has receivers here, none for the others. Hub loop only. */
public final class BusTopics implements Bus.Listener {
    private static final CompletionStage<Void> CONFIRMED = CompletableFuture.completedStage(null);

    private final Bus bus;
    private final ConnectionMetrics metrics;
    private final Map<String, Topic> topics = new HashMap<>();
    private final List<Runnable> afterReconnect = new ArrayList<>();

    public BusTopics(Bus bus, ConnectionMetrics metrics) {
        this.bus = bus;
        this.metrics = metrics;
    }

    private static final class Topic {
        private CompletionStage<Void> confirmed;
        /** Nearly always one: a channel, or one of a user's links. */
        private List<Consumer<byte[]>> receivers = List.of();

        Topic(CompletionStage<Void> confirmed) {
            this.confirmed = confirmed;
        }

        void add(Consumer<byte[]> receiver) {
            if (!receivers.contains(receiver)) {
                List<Consumer<byte[]>> more = new ArrayList<>(receivers);
                more.add(receiver);
                receivers = List.copyOf(more);
            }
        }

        boolean remove(Consumer<byte[]> receiver) {
            List<Consumer<byte[]>> fewer = new ArrayList<>(receivers);
            boolean removed = fewer.remove(receiver);
            receivers = List.copyOf(fewer);
            return removed;
        }
    }

    /**
     * Adds a receiver. Completes when it misses nothing any more; on failure the receiver stays added until it is taken away.
     *
     * @param receiver compared by identity or by its own equals; adding it twice does nothing
     */
    public CompletionStage<Void> subscribe(String topic, Consumer<byte[]> receiver) {
        Topic known = topics.get(topic);
        if (known == null) {
            Topic added = new Topic(bus.subscribe(topic));
            known = added;
            topics.put(topic, known);
            var unused = known.confirmed.thenRun(() -> added.confirmed = CONFIRMED);
        }
        known.add(receiver);
        return known.confirmed;
    }

    /** Takes a receiver away; the last one takes the bus subscription with it. */
    public void unsubscribe(String topic, Consumer<byte[]> receiver) {
        Topic known = topics.get(topic);
        if (known != null && known.remove(receiver) && known.receivers.isEmpty()) {
            topics.remove(topic);
            bus.unsubscribe(topic);
        }
    }

    /** All receivers of this type. */
    public <T extends Consumer<byte[]>> List<T> receivers(Class<T> kind) {
        return topics.values().stream()
                .flatMap(topic -> topic.receivers.stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The receivers of this type on one topic. */
    public <T extends Consumer<byte[]>> List<T> receivers(String topic, Class<T> kind) {
        Topic known = topics.get(topic);
        return known == null
                ? List.of()
                : known.receivers.stream()
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .toList();
    }

    /** Registers what must be looked at again after messages may have been lost. */
    public void onReconnect(Runnable task) {
        afterReconnect.add(task);
    }

    /** Messages may have been lost: has everything looked at that {@link #onReconnect} registered. */
    public void suspect() {
        afterReconnect.forEach(Runnable::run);
    }

    /** How many topics are subscribed. */
    public int size() {
        return topics.size();
    }

    @Override
    public Set<String> wanted() {
        return Collections.unmodifiableSet(topics.keySet());
    }

    @Override
    public void received(String topic, byte[] payload) {
        @Nullable Topic known = topics.get(topic);
        if (known != null) {
            known.receivers.forEach(receiver -> receiver.accept(payload));
        }
    }

    @Override
    public void reconnected() {
        metrics.busReconnected();
        suspect();
    }
}
