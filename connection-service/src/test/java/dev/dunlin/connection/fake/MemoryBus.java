package dev.dunlin.connection.fake;

import dev.dunlin.connection.bus.Bus;
import dev.dunlin.protocol.bus.BusChannel;
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
    private final Map<BusChannel, CompletableFuture<Void>> subscribed = new HashMap<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private boolean unreachable;
    private int resets;

    @Override
    public CompletionStage<Void> subscribe(BusChannel channel) {
        return subscribed.computeIfAbsent(channel, name -> new CompletableFuture<>());
    }

    @Override
    public void unsubscribe(BusChannel channel) {
        subscribed.remove(channel);
    }

    @Override
    public CompletionStage<Void> publish(BusChannel channel, byte[] payload) {
        if (unreachable) {
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
    public void unreachable(boolean isUnreachable) {
        unreachable = isUnreachable;
    }

    /** What was published, in order. */
    public List<byte[]> payloads() {
        return payloads;
    }

    public boolean isSubscribed(BusChannel channel) {
        return subscribed.containsKey(channel);
    }

    public void confirm(BusChannel channel) {
        subscribed.getOrDefault(channel, new CompletableFuture<>()).complete(null);
    }

    public void fail(BusChannel channel) {
        subscribed.getOrDefault(channel, new CompletableFuture<>()).completeExceptionally(new TimeoutException());
    }
}
