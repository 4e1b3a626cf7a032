package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much users have not read. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Unreads {
    /** A user, and a channel that it is notified of. */
    record Place(UserId user, ChannelName channel) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that && user.equals(that.user) && channel.equals(that.channel);
        }

        @Override
        public int hashCode() {
            return 31 * user.hashCode() + channel.hashCode();
        }
    }

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
