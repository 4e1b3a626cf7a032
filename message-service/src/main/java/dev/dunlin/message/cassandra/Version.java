package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.LogPosition;

/**
 * Numbers the states of a channel. A row of version {@code v} is the state of its thing when all
 * records up to {@code v} had been applied. A version is made from the position of a record in
 * Kafka, so a replay makes the same one. The offset is in the lower 48 bits; the generation is
 * above it. The generation grows when the records of the channel move to another partition, whose
 * offsets begin at 0: a topic that got more partitions, or was created again.
 *
 * <p>The same number, plus one, is the write timestamp. Cassandra compares timestamps and does not
 * interpret them; by convention they are microseconds since 1970. Every version is far below the
 * current time, so nobody may write to these tables by hand without {@code USING TIMESTAMP}.
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
