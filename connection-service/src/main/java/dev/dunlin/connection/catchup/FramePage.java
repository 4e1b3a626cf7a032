package dev.dunlin.connection.catchup;

import dev.dunlin.protocol.Epoch;
import java.util.List;

/**
 * The oldest events after a position, in order.
 *
 * @param head  how far the log has come; it may be behind what the bus has told
 * @param first the oldest seq that is still to be had
 * @param more  whether more follow
 */
public record FramePage(Epoch epoch, long head, long first, List<LoggedFrame> frames, boolean more) {}
