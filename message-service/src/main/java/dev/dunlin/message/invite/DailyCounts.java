package dev.dunlin.message.invite;

import dev.dunlin.protocol.UserId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What happened to users on one day (UTC), counted together by all processes. Thread-safe; blocks. */
public interface DailyCounts {
    /** One more of each user; the counts with it, in their order. Empty if the counts cannot be had now: then nothing is known to be too much. */
    Optional<List<Long>> add(Kind kind, List<UserId> users, LocalDate day);

    /** What is counted. */
    enum Kind {
        /** Groups that the user created. */
        GROUPS,
        /** Memberships of the user that others made. */
        MEMBERSHIPS
    }
}
