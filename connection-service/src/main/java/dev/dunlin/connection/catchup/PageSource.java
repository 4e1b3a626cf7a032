package dev.dunlin.connection.catchup;

import dev.dunlin.protocol.ChannelName;
import java.util.concurrent.CompletionStage;

/** Where a replay reads events. */
@FunctionalInterface
public interface PageSource {
    /**
     * The oldest events after {@code after}. Any thread, never blocks; completes on any thread,
     * fails as {@link EventLog#events}.
     */
    CompletionStage<FramePage> after(ChannelName channel, long after);
}
