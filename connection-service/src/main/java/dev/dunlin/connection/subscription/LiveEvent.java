package dev.dunlin.connection.subscription;

/**
 * A frame that goes to every subscriber, in order. After it, everything up to {@code seq} has been said: a {@code gap} frame stands for several seqs.
 *
 * @param frame not copied: nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path: the same bytes go to every link
public record LiveEvent(long seq, byte[] frame) {}
