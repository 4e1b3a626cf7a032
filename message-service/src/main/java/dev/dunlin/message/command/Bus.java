package dev.dunlin.message.command;

import dev.dunlin.protocol.bus.BusChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The bus to the nodes, at most once. */
public interface Bus {
    /**
     * Publishes in order, after what was given before. Does not block: the result completes when
     * the bus has it, or has lost it, within a bounded time, and never fails. What the bus loses,
     * the nodes fetch, and who waits for a reply asks again. Thread-safe; the order of two threads'
     * calls is theirs to keep.
     */
    CompletableFuture<Void> publish(List<Publication> publications);

    /** One message of one pub/sub channel. */
    @SuppressWarnings("ArrayRecordComponent") // the hot path; nobody changes or compares it
    record Publication(BusChannel channel, byte[] payload) {}
}
