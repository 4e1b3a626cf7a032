package dev.dunlin.push.presence;

import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.Map;

/** Reads where users are. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Presences {
    /**
     * Where each of the users is, as it is and not as others see it. Throws
     * {@link dev.dunlin.push.Unreachable}.
     */
    Map<UserId, Standing> standings(Collection<UserId> users);
}
