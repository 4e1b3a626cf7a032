package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.decision.Content;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The current content of messages, and who may read it. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Texts {
    /** A message, and a user to notify of it. */
    record Place(ChannelName channel, Epoch epoch, long seq, UserId user) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that
                    && seq == that.seq
                    && channel.equals(that.channel)
                    && epoch.equals(that.epoch)
                    && user.equals(that.user);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * channel.hashCode() + epoch.hashCode()) + Long.hashCode(seq)) + user.hashCode();
        }
    }

    /**
     * What each user may read of its message now; every place is answered. Throws
     * {@link dev.dunlin.push.Unreachable}.
     */
    Map<Place, Content> current(Collection<Place> places);
}
