package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * The edit or the deletion of a message. No other revision of the message began before this one was
 * acknowledged. Times are monotonic, in nanoseconds since the start of the check.
 *
 * @param content what the message says from then on; null if it was deleted
 * @param ackedAt {@link #NEVER} if there was no acknowledgement: then it may have been carried out
 */
public record Revision(
        ChannelName channel, long seq, @Nullable String content, long invokedAt, long ackedAt) {
    /** The time of an acknowledgement that did not come. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Whether the message was deleted. */
    public boolean deletes() {
        return content == null;
    }
}
