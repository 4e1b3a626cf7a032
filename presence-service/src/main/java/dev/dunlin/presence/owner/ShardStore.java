package dev.dunlin.presence.owner;

import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.Member;
import dev.dunlin.presence.shard.NodePart;
import dev.dunlin.presence.shard.ShardChange;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored state of the shards. A shard has one owner, the last that claimed it: what an earlier
 * one writes is refused. Blocks. Every method throws
 * {@link dev.dunlin.presence.PresenceUnavailable} if the store does not answer; a {@link #commit}
 * may then have taken place.
 */
public interface ShardStore {
    /**
     * A shard as its new owner finds it.
     *
     * @param reign the number of this ownership, greater than any before
     * @param version how many writes there were
     * @param ready whether all users of the shard are known
     * @param next the offset of the next record to apply; empty if nothing is stored
     * @param users how many users are not offline
     * @param parts of all nodes with sessions
     * @param firstDue when the first grace is over
     */
    record Claim(
            long reign,
            long version,
            boolean ready,
            OptionalLong next,
            int users,
            Map<NodeId, NodePart> parts,
            Optional<Instant> firstDue) {}

    /**
     * What to read of users; of {@code ending}, who are among them: also whether they were erased
     * and when last seen.
     */
    record Wanted(Set<UserId> users, Set<UserId> ending) {}

    /**
     * A change of one shard.
     *
     * @param version how many writes there must have been; this is the next one
     * @param next the offset of the next record afterwards
     * @param state what becomes of the whole; absent if it stays as it is
     */
    record Write(
            int shard,
            long reign,
            long version,
            long next,
            @Nullable State state,
            ShardChange change) {}

    /** What is known of a shard as a whole. */
    enum State {
        /**
         * Nothing: what is stored is deleted first, except when users were last seen and what they
         * chose.
         */
        EMPTY,
        /** All users. */
        READY
    }

    /** Where a shard stands: its owner, and how many writes there were. */
    record Standing(@Nullable Long reign, @Nullable Long version) {}

    Claim claim(int shard, Instant now);

    /** Reads users of several shards at once. */
    Map<Integer, Loaded> load(Map<Integer, Wanted> wanted);

    /**
     * Applies the writes, each of them whole. Returns for each, in order, whether it took place: if
     * not, the shard has another owner or is not as it was left.
     */
    List<Boolean> commit(List<Write> writes);

    /** Where the shards stand. */
    Map<Integer, Standing> standing(Collection<Integer> shards);

    /** Users whose grace is over, the first {@code limit}. */
    List<UserId> due(int shard, Instant now, int limit);

    /** When the first grace is over. */
    Optional<Instant> firstDue(int shard);

    /** Sessions of a node in a shard: all, or any {@code limit} of them. */
    Set<Member> members(int shard, NodeId node, int limit);

    /** Users whose choice is over, the first {@code limit}. */
    List<UserId> choicesOver(int shard, Instant now, int limit);

    /** Users whose erasure need not be remembered any longer, the first {@code limit}. */
    List<UserId> erasuresOver(int shard, Instant now, int limit);

    /**
     * Users whose last seen is to be forgotten: who were last seen before {@code before}, and the
     * oldest beyond the newest {@code most}. At most {@code limit} of each.
     */
    Set<UserId> seenTooLongAgo(int shard, Instant before, int most, int limit);
}
