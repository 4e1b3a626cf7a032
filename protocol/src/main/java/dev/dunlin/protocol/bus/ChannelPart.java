package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of one node's part of a channel's presence, on {@link BusChannel#ofChannelPresence}.
 * Redis has it already. Whoever misses a number reads the part from there.
 *
 * @param life the run of the node whose links these are
 * @param n the number of the change in that run and channel. Each is one more than the one before;
 *     a part that was empty begins again with a higher one
 * @param whole true if {@code users} are all of the part; else absent
 * @param users who came or changed; absent if they are too many: read the part
 * @param left who is there no longer; absent if nobody
 * @param count how many users are there now with links of the node
 * @param links how many links they have there
 */
public record ChannelPart(
        NodeId life,
        long n,
        @Nullable Boolean whole,
        @Nullable List<PartUser> users,
        @Nullable List<UserId> left,
        int count,
        int links) {
    public PartHead head() {
        return new PartHead(n, count, links);
    }
}
