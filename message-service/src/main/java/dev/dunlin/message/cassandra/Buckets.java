package dev.dunlin.message.cassandra;

/**
 * Cuts a channel's log into partitions of {@code size} seqs. The size is stored with the schema
 * when that is created: with another one nothing would be found again.
 *
 * @param size seqs to a bucket
 */
record Buckets(long size) {
    /** Of a new keyspace: some MB for usual messages. */
    static final long USUAL = 10_000;

    Buckets {
        if (size < 1) {
            throw new IllegalArgumentException("bucket size: must be at least 1, and not " + size);
        }
    }

    /** The bucket of a seq, from 0. */
    long of(long seq) {
        return seq / size;
    }
}
