package dev.dunlin.message.purge;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Notifies the nodes that users are no longer members, at most once. Blocks for a bounded time;
 * does not throw.
 */
public interface Farewell {
    void left(ChannelName channel, List<UserId> users);

    /** Some or all of the user's memberships have ended: nodes check each of its channels again. */
    void membershipsChanged(UserId user);
}
