package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Who wants to use which channel: the body of {@code POST /internal/access}, at most {@link #MOST}
 * questions.
 */
public record AccessQuery(List<Asked> asked) {
    public static final int MOST = 500;

    /** One question. */
    public record Asked(ChannelName channel, UserId user) {}
}
