package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks which users may use which channels: the body of {@code POST /internal/access}, at most
 * {@link #MOST} pairs.
 */
public record AccessQuery(List<Asked> asked) {
    public static final int MOST = 500;

    /** One pair of channel and user. */
    public record Asked(ChannelName channel, UserId user) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Asked that && channel.equals(that.channel) && user.equals(that.user);
        }

        @Override
        public int hashCode() {
            return 31 * channel.hashCode() + user.hashCode();
        }
    }
}
