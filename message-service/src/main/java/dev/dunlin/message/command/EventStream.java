package dev.dunlin.message.command;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.TraceId;
import java.util.List;

/** {@code channel.events}, at least once. */
public interface EventStream {
    /**
     * Publishes in order per channel, and waits until the broker has it on disk. Blocks. One
     * virtual thread calls it. Throws a {@link RuntimeException} if it failed.
     */
    void publish(List<Entry> entries);

    /** One encoded {@link dev.dunlin.protocol.kafka.ChannelEvent}. */
    @SuppressWarnings("ArrayRecordComponent") // the hot path; nobody changes or compares it
    record Entry(ChannelName channel, TraceId trace, byte[] value) {}
}
