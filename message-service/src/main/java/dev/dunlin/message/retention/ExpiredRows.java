package dev.dunlin.message.retention;

import dev.dunlin.protocol.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * The rows of expired events. Removal can be repeated, and is safe beside the log's writer and
 * beside a removal in another process. A channel keeps its head; its oldest retained event is the
 * one after the last removed. Blocks; throws {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface ExpiredRows {
    /**
     * Removes events of a namespace, the oldest of each channel first, with the reactions,
     * mentions, words and data of their messages. Continues after channel {@code after}, in the
     * order of the names.
     *
     * @param beforeMs removes events before this time, in milliseconds since 1970
     * @param idsBeforeMs removes the ids of messages before this time; later ids stay, so that
     *     duplicates are recognised. Not after {@code beforeMs}
     * @param most the most events of one call
     */
    Progress remove(String namespace, @Nullable ChannelName after, long beforeMs, long idsBeforeMs, int most);

    /**
     * Removes channels of an open namespace, or of {@code dm}, that hold nothing: no event, title
     * or mark, and no members but the two of a direct one. A removed channel is as if it had never
     * been created, and the next write creates it. Returns how many; 0 where the store cannot do
     * that beside the log's writer.
     *
     * @param beforeMs only those that were created earlier; milliseconds since 1970
     */
    int removeUnwritten(String namespace, long beforeMs, int most);

    /**
     * The progress.
     *
     * @param events how many events were removed
     * @param more whether there may be more
     * @param after where to continue
     */
    record Progress(int events, boolean more, @Nullable ChannelName after) {}
}
