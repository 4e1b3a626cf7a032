package dev.dunlin.connection.publish;

import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.ChannelCommand;
import java.util.concurrent.CompletionStage;

/** The log of commands. Any thread, never blocks. */
public interface CommandLog {
    /**
     * Appends a command, in the order of the calls for one channel. Completes on any thread when it
     * is safe on disk; fails with a {@link dev.dunlin.edge.RefusedException} {@code overloaded} at
     * once when too much waits, and with anything else when it may or may not have been written.
     */
    CompletionStage<Void> append(ChannelCommand command, TraceId trace);
}
