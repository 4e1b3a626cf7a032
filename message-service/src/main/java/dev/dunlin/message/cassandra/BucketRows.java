package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;

/**
 * Binds what the tables of a bucket have in common: their partition key is channel, epoch and
 * bucket, and seqs order their rows. Thread-safe.
 */
record BucketRows(Cql cql) {
    /** The row of a seq. The statement takes channel, epoch, bucket and seq. */
    BoundStatement at(String statement, ChannelRow channel, long seq) {
        return cql.bind(statement, channel.name(), channel.epoch(), bucketOf(seq), seq);
    }

    /** The rows of a range. The statement takes channel, epoch, bucket, first and last seq. */
    BoundStatement in(String statement, BucketRange range) {
        return cql.bind(
                statement,
                range.channel().name(),
                range.channel().epoch(),
                range.bucket(),
                range.first(),
                range.last());
    }

    /** Removes a range. The statement takes a timestamp, and then as {@link #in}. */
    Write remove(String statement, BucketRange range) {
        return new Write(
                range.partition(),
                cql.bind(
                        statement,
                        range.timestamp(),
                        range.channel().name(),
                        range.channel().epoch(),
                        range.bucket(),
                        range.first(),
                        range.last()));
    }

    long bucketOf(long seq) {
        return cql.buckets().of(seq);
    }
}
