package dev.dunlin.checker.transport;

import dev.dunlin.protocol.ChannelName;
import java.time.Duration;

/**
 * One client that listens, over one transport: it comes back by itself and notes what it is shown. Thread-safe; methods may block for a short
 * time.
 */
public interface Listening extends AutoCloseable {
    /** Begins, from the newest event of each channel on or from the first, as the transport has it. */
    void open();

    /** Loses its link as a network loses it; without links there is nothing to lose. */
    void cut();

    /** Listens to a channel again from its first event on. */
    void fromStart(ChannelName channel);

    /** Takes so long for each event from now on. */
    void slow(Duration each);

    /** Ends. What is shown after that is not noted. */
    @Override
    void close();
}
