package dev.dunlin.checker.transport;

import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/**
 * Receives the frames of one client, in order. All calls except {@link #slow} come from one thread.
 */
public interface FrameNotes {
    /**
     * Records one frame.
     *
     * @param resuming whether the request had a cursor, so that earlier positions still hold
     * @return false if the client has to connect again: a channel was refused, or the server is
     *     going away
     */
    boolean take(ServerFrame frame, boolean resuming) throws InterruptedException;

    /** From now on, delays each event by {@code each}. Any thread. */
    default void slow(Duration each) {}
}
