package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.LogPosition;

/**
 * Numbers the states of a channel: a row of version {@code v} is what its thing was when all
 * records up to {@code v} had been applied. Made from a record's place in Kafka, so a replay makes
 * the same. The offset is in the lower 48 bits; above it stands the generation, which grows when
 * the channel's records come to stand in another partition (a topic that got more partitions),
 * whose offsets begin anew.
 *
 * <p>The same number, plus one, is the write timestamp. Cassandra compares timestamps and knows no
 * clock of them; by convention they are microseconds since 1970, and every version is far below
 * those of now, so nobody may write to these tables by hand without {@code USING TIMESTAMP}.
 */
final class Version {
    private static final int OFFSET_BITS = 48;

    private Version() {}

    static long of(int generation, LogPosition position) {
        if (position.offset() >>> OFFSET_BITS != 0 || generation < 0 || generation > Short.MAX_VALUE) {
            throw new IllegalArgumentException("no version for generation " + generation + " and " + position);
        }
        return (long) generation << OFFSET_BITS | position.offset();
    }

    /** Of the rows of that version. */
    static long timestamp(long version) {
        return version + 1;
    }
}
