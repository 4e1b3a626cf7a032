package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.Map;

/** How much users have not read. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Unreads {
    /** A user, and a channel that it is notified of. */
    record Place(UserId user, ChannelName channel) {}

    /**
     * The unread events of a user.
     *
     * @param all of all its channels, as its list of channels counts them
     * @param channel of the one channel
     */
    record Unread(long all, long channel) {}

    /** What each user has not read. Throws {@link dev.dunlin.push.Unreachable}. */
    Map<Place, Unread> unread(Collection<Place> places);
}
