package dev.dunlin.message.invite;

import dev.dunlin.protocol.UserId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Counters of users for one day (UTC), shared by all processes. Thread-safe; blocks. */
public interface DailyCounts {
    /**
     * Adds one to the counter of each user, and gives the new values in the order of the users.
     * Empty if the counters are unreachable: then no limit is enforced.
     */
    Optional<List<Long>> add(Kind kind, List<UserId> users, LocalDate day);

    /** What is counted. */
    enum Kind {
        /** Groups that the user created. */
        GROUPS,
        /** How often others added the user to a channel. */
        MEMBERSHIPS
    }
}
