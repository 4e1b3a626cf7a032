package dev.dunlin.message.command;

import dev.dunlin.protocol.bus.BusChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Publishes to the connection nodes, at most once. */
public interface Bus {
    /**
     * Publishes in order, after what was given before. Does not block. The result never fails: it
     * completes within a bounded time, when the bus has the publications or has lost them. Nodes
     * fetch lost events, and whoever waits for a lost reply asks again. Thread-safe; callers order
     * their own concurrent calls.
     */
    CompletableFuture<Void> publish(List<Publication> publications);

    /** A message for one channel of the bus. */
    @SuppressWarnings("ArrayRecordComponent") // the hot path; nobody changes or compares it
    record Publication(BusChannel channel, byte[] payload) {}
}
