package dev.dunlin.message.purge;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;

/** Notifies the nodes that users are no members any more, at most once. Blocks for a bounded time; does not throw. */
public interface Farewell {
    void left(ChannelName channel, List<UserId> users);

    /** The user is in none of its channels any more, or in fewer: nodes ask for each. */
    void membershipsChanged(UserId user);
}
