package dev.dunlin.presence.owner;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The log of session records; a shard is a partition. Called by the owner's thread. */
public interface SessionLog {
    /** The offsets of a partition: of its first record, and of the next that will be written. */
    record Extent(long first, long end) {
        /** Whether the log holds no record. */
        boolean isEmpty() {
            return first == end;
        }

        boolean holds(long next) {
            return first <= next && next <= end;
        }
    }

    /**
     * The extents of these partitions, as of now. Throws
     * {@link dev.dunlin.presence.PresenceUnavailable} if Kafka does not answer.
     */
    Map<Integer, Extent> extents(Collection<Integer> shards);

    /**
     * The offset up to which the records of a shard were applied, or less; empty if that is not
     * known. Throws like {@link #extents}.
     */
    OptionalLong applied(int shard);

    /** The next record of the shard that is taken. */
    void seek(int shard, long offset);

    /**
     * Which of these shards have no more records, given the offset of the next one to apply. Empty
     * while Kafka does not answer, and shortly after it does again: then nodes send what they could
     * not.
     */
    Set<Integer> exhausted(Map<Integer, Long> next);
}
