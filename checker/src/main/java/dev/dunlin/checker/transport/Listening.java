package dev.dunlin.checker.transport;

import dev.dunlin.protocol.ChannelName;
import java.time.Duration;

/**
 * One client that listens over one transport. It reconnects by itself and records what it receives.
 * Thread-safe; methods may block for a short time.
 */
public interface Listening extends AutoCloseable {
    /**
     * Starts from the newest event of each channel or from the first, depending on the transport.
     */
    void open();

    /** Loses its link like a broken network; no effect on a transport without links. */
    void cut();

    /** Listens to a channel again from its first event. */
    void fromStart(ChannelName channel);

    /** From now on, takes {@code each} for each event. */
    void slow(Duration each);

    /** Ends. What it receives after that is not recorded. */
    @Override
    void close();
}
