package dev.dunlin.connection.fake;

import dev.dunlin.connection.bus.Bus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** A bus whose confirmations come when the test says so. */
public final class MemoryBus implements Bus {
    private final Map<String, CompletableFuture<Void>> subscribed = new HashMap<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private boolean away;
    private int resets;

    @Override
    public CompletionStage<Void> subscribe(String topic) {
        return subscribed.computeIfAbsent(topic, name -> new CompletableFuture<>());
    }

    @Override
    public void unsubscribe(String topic) {
        subscribed.remove(topic);
    }

    @Override
    public CompletionStage<Void> publish(String topic, byte[] payload) {
        if (away) {
            return CompletableFuture.failedFuture(new IOException("away"));
        }
        payloads.add(payload);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void reset(String why) {
        resets++;
    }

    /** How often the connections were given up. */
    public int resets() {
        return resets;
    }

    /** Whether what is published is refused, because there is no connection. */
    public void away(boolean isAway) {
        away = isAway;
    }

    /** What was published, in order. */
    public List<byte[]> payloads() {
        return payloads;
    }

    public boolean isSubscribed(String topic) {
        return subscribed.containsKey(topic);
    }

    public void confirm(String topic) {
        subscribed.getOrDefault(topic, new CompletableFuture<>()).complete(null);
    }

    public void fail(String topic) {
        subscribed.getOrDefault(topic, new CompletableFuture<>()).completeExceptionally(new TimeoutException());
    }
}
