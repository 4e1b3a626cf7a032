package dev.dunlin.presence.owner;

import dev.dunlin.protocol.kafka.StoredUser;
import java.util.List;
import java.util.Map;

/** What of users outlives the {@link ShardStore}. Does not block. */
public interface StoredUsers {
    /** Keeps these, soon: of each key the newest. */
    void keep(int shard, Map<StoredUser.Key, StoredUser> changed);

    /** Begins to read all that is kept of a shard, from the start if it was begun before. */
    void read(int shard, long reign);

    /** What was read since the last call, in order; of a key the last one counts. */
    List<Part> take();

    /**
     * A part of what is kept of a shard.
     *
     * @param reign the one for which it was read
     * @param fields what is kept, in order
     * @param last whether it is the last part
     */
    record Part(int shard, long reign, List<Kept> fields, boolean last) {}

    /**
     * A field of a user.
     *
     * @param value has the field, or nothing
     */
    record Kept(StoredUser.Key key, StoredUser value) {}
}
