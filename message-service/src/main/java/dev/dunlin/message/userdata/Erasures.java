package dev.dunlin.message.userdata;

import dev.dunlin.protocol.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requested erasures, so that one continues after a crash. Thread-safe; blocks; throws
 * {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface Erasures {
    /**
     * Requests an erasure. An unfinished one stays as it is; a finished one begins again, with its
     * counts at 0.
     */
    Erasure request(UserId user, long nowMs);

    Optional<Erasure> find(UserId user);

    /** The one that waits longest. */
    Optional<Erasure> findToDo();

    /** Stores how far an erasure is. */
    void save(Erasure erasure);

    /**
     * An erasure. Times are milliseconds since 1970.
     *
     * @param finished null while it is to do
     * @param messages how many messages became tombstones
     * @param reactions how many reactions were removed
     * @param channels in how many channels membership and marks were removed
     */
    record Erasure(UserId user, long requested, @Nullable Long finished, long messages, long reactions, long channels) {
        Erasure plus(long moreMessages, long moreReactions, long moreChannels) {
            return new Erasure(
                    user,
                    requested,
                    finished,
                    messages + moreMessages,
                    reactions + moreReactions,
                    channels + moreChannels);
        }

        Erasure finishedAt(long nowMs) {
            return new Erasure(user, requested, nowMs, messages, reactions, channels);
        }
    }
}
