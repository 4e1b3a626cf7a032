package dev.dunlin.message.cassandra;

/**
 * How far retention has come in a channel.
 *
 * @param first the oldest seq that is left, 1 in a channel without retention
 * @param ids the oldest seq whose client message id is left
 */
record Floor(long first, long ids) {
    /** Of a channel of which nothing was removed. */
    static final Floor NONE = new Floor(1, 1);
}
