package dev.dunlin.message.purge;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;

/** Tells the nodes that users are no members any more, at most once. Blocks for a bounded time; does not throw. */
public interface Farewell {
    void left(ChannelName channel, List<UserId> users);
}
