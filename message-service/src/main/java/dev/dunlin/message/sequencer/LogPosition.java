package dev.dunlin.message.sequencer;

/** Where a record stands in {@code channel.commands}. A channel's records are all in one partition. */
public record LogPosition(int partition, long offset) {
    /** Whether whoever applied the log up to here has applied {@code other} too. Positions of different partitions say nothing of each other. */
    public boolean covers(LogPosition other) {
        return partition == other.partition && other.offset <= offset;
    }
}
