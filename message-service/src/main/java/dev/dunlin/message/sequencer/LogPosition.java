package dev.dunlin.message.sequencer;

/**
 * Where a record stands in {@code channel.commands}. A channel's records are all in one partition.
 * Above {@link #PARTITION_BITS} of the partition may stand which topic of that name it is: one that
 * was made anew has other partitions.
 */
public record LogPosition(int partition, long offset) {
    /** The bits of Kafka's own number of the partition. */
    public static final int PARTITION_BITS = 16;

    /**
     * Whether whoever applied the log up to here has applied {@code other} too. Positions of
     * different partitions say nothing of each other.
     */
    public boolean covers(LogPosition other) {
        return partition == other.partition && other.offset <= offset;
    }

    /** In Kafka's numbers. */
    @Override
    public String toString() {
        return "partition " + (partition & ((1 << PARTITION_BITS) - 1)) + " offset " + offset;
    }
}
