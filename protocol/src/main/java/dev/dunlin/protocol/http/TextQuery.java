package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Which messages are to be read by whom: the body of {@code POST /internal/texts}, at most {@link
 * #MOST} messages with at most {@link #MOST_USERS} users in all.
 */
public record TextQuery(List<Asked> asked) {
    public static final int MOST = 100;
    public static final int MOST_USERS = 1_000;

    /** One message, and the users who are to be notified of it. */
    public record Asked(ChannelName channel, Epoch epoch, long seq, List<UserId> users) {}
}
