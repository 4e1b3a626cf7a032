package dev.dunlin.checker.transport;

import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/** Takes the frames of one client, in their order. Called on one thread, save {@link #slow}. */
public interface FrameNotes {
    /**
     * Notes one frame.
     *
     * @param resuming whether a cursor was shown, so that the positions of before count
     * @return false if another attempt is to be made, since a channel was refused or the server goes away
     */
    boolean take(ServerFrame frame, boolean resuming) throws InterruptedException;

    /** Takes so long for each event from now on. Any thread. */
    default void slow(Duration each) {}
}
