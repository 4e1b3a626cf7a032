package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;

/** Learns of users who register devices. */
@FunctionalInterface
public interface Following {
    /**
     * Makes sure that the channels of the user are known, so that messages from now on notify it.
     * Blocks; throws {@link dev.dunlin.push.Unreachable}.
     */
    void follow(UserId user);
}
