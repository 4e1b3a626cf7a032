package dev.dunlin.push.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import java.util.Collection;
import java.util.Set;

/** Reads which users are absent. Blocks; called on virtual threads. */
@FunctionalInterface
public interface Presences {
    /**
     * Which of the users are offline, and of which that is not known now; users with status away
     * are neither. Throws {@link Unreachable}.
     */
    Absent absent(Collection<UserId> users);

    /** Users who are offline, and users of whom it is not known. */
    record Absent(Set<UserId> offline, Set<UserId> unknown) {}
}
