package dev.dunlin.message.cassandra;

/**
 * Seqs of a channel that are removed, as far as they lie in one bucket.
 *
 * @param first the first seq, perhaps of an earlier bucket
 * @param last the last seq, perhaps of a later bucket
 */
record BucketRange(ChannelRow channel, long bucket, long first, long last) {
    Partition partition() {
        return Partition.ofBucket(channel, bucket);
    }

    /** Of deletes: above that of the channel's row, which redacted frames carry. */
    long timestamp() {
        return Version.timestamp(channel.version()) + 1;
    }
}
