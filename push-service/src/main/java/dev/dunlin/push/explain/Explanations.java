package dev.dunlin.push.explain;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.Optional;

/** Reads why. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Explanations {
    /**
     * Why the user was notified of the message or was not; empty if nothing is recorded of the
     * message. Throws {@link dev.dunlin.push.Unreachable}.
     */
    Optional<Explanation> of(UserId user, ChannelName channel, long seq);
}
