package dev.dunlin.message.sequencer;

import org.jspecify.annotations.Nullable;

/**
 * The position of a record in {@code channel.commands}. All records of a channel are in one
 * partition. The bits above {@link #PARTITION_BITS} of the partition may say which topic of that
 * name it is: a topic that was created again has other partitions.
 */
public record LogPosition(int partition, long offset) {
    /** The bits of Kafka's own number of the partition. */
    public static final int PARTITION_BITS = 16;

    /**
     * Whether a state that has applied the log up to here has applied {@code other} too. Positions
     * of different partitions are not comparable.
     */
    public boolean covers(LogPosition other) {
        return partition == other.partition && other.offset <= offset;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogPosition that && partition == that.partition && offset == that.offset;
    }

    @Override
    public int hashCode() {
        return 31 * partition + Long.hashCode(offset);
    }

    /** In Kafka's numbers. */
    @Override
    public String toString() {
        return "partition " + (partition & ((1 << PARTITION_BITS) - 1)) + " offset " + offset;
    }
}
