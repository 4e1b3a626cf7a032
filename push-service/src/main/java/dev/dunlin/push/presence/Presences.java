package dev.dunlin.push.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import java.util.Collection;
import java.util.Set;

/** Reads which users are offline. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Presences {
    /**
     * Which of the users are offline; users with status away are not. Throws {@link Unreachable}.
     */
    Set<UserId> offline(Collection<UserId> users);
}
