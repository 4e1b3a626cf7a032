package dev.dunlin.checker.transport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Answer;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import java.time.Duration;

/** One client that publishes over one transport. Thread-safe. */
public interface Publishing extends AutoCloseable {
    /**
     * Publishes, and retries with the same id until there is an answer or {@code patience} is over.
     * Blocks.
     */
    Answer publish(ChannelName channel, ClientMessageId id, JsonNode data, Duration patience)
            throws InterruptedException;

    @Override
    void close();
}
