package dev.dunlin.push.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import java.util.Collection;
import java.util.Set;

/** Who is there. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Presences {
    /** Those of the users who are offline; who is away is there. Throws {@link Unreachable}. */
    Set<UserId> offline(Collection<UserId> users);
}
