package dev.dunlin.presence.owner;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.StoredUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of users outlives the {@link ShardStore}. Does not block. */
public interface StoredUsers {
    /** Keeps these, soon: of each user the newest. */
    void keep(int shard, Map<UserId, StoredUser> users);

    /** Begins to read all that is kept of a shard, from the start if it was begun before. */
    void read(int shard, long reign);

    /** What was read since the last call, in order; of a user the last one counts. */
    List<Part> take();

    /**
     * A part of what is kept of a shard.
     *
     * @param reign the one for which it was read
     * @param users each with what is kept, or nothing if the user was erased
     * @param last whether it is the last part
     */
    record Part(int shard, long reign, Map<UserId, Optional<StoredUser>> users, boolean last) {}
}
