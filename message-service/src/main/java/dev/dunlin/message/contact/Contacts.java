package dev.dunlin.message.contact;

import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom users block, and who is a contact of whom. It is not part of the log: what the sequencer
 * must know of a block is in the log of the direct channel. Thread-safe; blocks; throws
 * {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface Contacts {
    /**
     * Adds {@code blocked} to the user's list, unless it is there. {@code since} in milliseconds
     * since 1970.
     */
    void block(UserId user, UserId blocked, long since);

    void unblock(UserId user, UserId blocked);

    /**
     * At most {@code limit} of those whom a user blocks, in the order of their ids, those after
     * {@code after}.
     */
    List<Blocked> blocked(UserId user, @Nullable UserId after, int limit);

    /** Those of {@code candidates} who block {@code user}. */
    default Set<UserId> blocking(UserId user, Collection<UserId> candidates) {
        return blocking(candidates.stream().map(one -> new Pair(one, user)).collect(Collectors.toSet())).stream()
                .map(Pair::user)
                .collect(Collectors.toSet());
    }

    /**
     * Those of the pairs of whom one blocks the other. In PostgreSQL by one query; in Cassandra by
     * a request for each, all at once.
     */
    Set<Pair> blocking(Set<Pair> pairs);

    /** Those of {@code candidates} who have written in a live direct channel with {@code user}. */
    Set<UserId> contacts(UserId user, Collection<UserId> candidates);

    /** A user who may block another. */
    record Pair(UserId user, UserId other) {
        @Override
        public boolean equals(@Nullable Object that) {
            return that instanceof Pair pair && user.equals(pair.user) && other.equals(pair.other);
        }

        @Override
        public int hashCode() {
            return 31 * user.hashCode() + other.hashCode();
        }
    }

    /** A user in another's list. {@code since} in milliseconds since 1970. */
    record Blocked(UserId user, long since) {}
}
