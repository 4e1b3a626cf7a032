package dev.dunlin.connection.catchup;

import dev.dunlin.protocol.Epoch;
import java.util.List;

/**
 * The oldest events after a position, in order.
 *
 * @param head the newest seq in the log; the bus may already have delivered later events
 * @param first the oldest seq that is still retained
 * @param more whether more events follow
 */
public record FramePage(Epoch epoch, long head, long first, List<LoggedFrame> frames, boolean more) {}
