package dev.dunlin.message.contact;

import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
    Set<UserId> blocking(UserId user, Collection<UserId> candidates);

    /** Those of {@code candidates} who have written in a live direct channel with {@code user}. */
    Set<UserId> contacts(UserId user, Collection<UserId> candidates);

    /** A user in another's list. {@code since} in milliseconds since 1970. */
    record Blocked(UserId user, long since) {}
}
