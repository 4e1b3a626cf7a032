package dev.dunlin.message.purge;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Deleted channels whose rows are still in the store. Removal can be repeated. It does nothing
 * unless the channel is still the deleted one of that epoch, so it never touches a channel that was
 * created again. The row of the channel itself stays. Blocks; throws
 * {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface DeletedChannels {
    /** At most {@code limit} of them. */
    List<Deleted> list(int limit);

    /** Removes at most {@code most} of a channel's rows, members first. */
    Removed remove(Deleted channel, int most);

    /** One deleted channel. */
    record Deleted(ChannelName channel, Epoch epoch) {}

    /**
     * What was removed.
     *
     * @param members who was a member until now
     * @param rows how many rows, members among them; 0 when none was left
     */
    record Removed(List<UserId> members, int rows) {}
}
