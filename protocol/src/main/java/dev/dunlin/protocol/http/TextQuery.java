package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the current content of messages: the body of {@code POST /internal/texts}. At most
 * {@link #MOST} messages, with at most {@link #MOST_USERS} users in all. An older message-service
 * refuses more than 100 messages or 1,000 users: update it before those who ask.
 */
public record TextQuery(List<Asked> asked) {
    public static final int MOST = 1_000;
    public static final int MOST_USERS = 10_000;

    /** One message, and the users to notify of it. */
    public record Asked(ChannelName channel, Epoch epoch, long seq, List<UserId> users) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Asked that
                    && seq == that.seq
                    && channel.equals(that.channel)
                    && epoch.equals(that.epoch)
                    && users.equals(that.users);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * channel.hashCode() + epoch.hashCode()) + Long.hashCode(seq)) + users.hashCode();
        }
    }
}
