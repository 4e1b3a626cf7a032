package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Asks for the current content of messages: the body of {@code POST /internal/texts}. At most
 * {@link #MOST} messages, with at most {@link #MOST_USERS} users in all.
 */
public record TextQuery(List<Asked> asked) {
    public static final int MOST = 100;
    public static final int MOST_USERS = 1_000;

    /** One message, and the users to notify of it. */
    public record Asked(ChannelName channel, Epoch epoch, long seq, List<UserId> users) {}
}
