package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks how much users have not read: the body of {@code POST /internal/unread}, at most
 * {@link #MOST} pairs.
 */
public record UnreadQuery(List<Asked> asked) {
    public static final int MOST = 1_000;

    /** A user, and the channel that is counted apart from the others. */
    public record Asked(UserId user, ChannelName channel) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Asked that && user.equals(that.user) && channel.equals(that.channel);
        }

        @Override
        public int hashCode() {
            return 31 * user.hashCode() + channel.hashCode();
        }
    }
}
