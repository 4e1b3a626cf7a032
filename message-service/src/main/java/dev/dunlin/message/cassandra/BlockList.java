package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.UserId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a user blocks: read once, when it is first asked for. Bounded where it is written. One thread; blocks. */
final class BlockList {
    private static final String BLOCKED = "select blocked from $.block where user_id = ?";

    private final Cql cql;
    private final UserId user;
    private @Nullable Set<String> blocked;

    BlockList(Cql cql, UserId user) {
        this.cql = cql;
        this.user = user;
    }

    /** {@code other} is null in mentions of before, whose sender is not known. */
    boolean holds(@Nullable String other) {
        Set<String> known = blocked;
        if (known == null) {
            Set<String> found = new HashSet<>();
            cql.read(cql.bind(BLOCKED, user.value()), MessageReader.MOST_ROWS, row -> false)
                    .forEach(row -> found.add(Columns.text(row, "blocked")));
            known = found;
            blocked = known;
        }
        return other != null && known.contains(other);
    }
}
