package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;

/**
 * The store of the log, as its one writer uses it. Blocks; a process loads with one virtual thread
 * and appends with another, and another process does at the same time only while a partition moves.
 * What the writer tells the bus beside {@link #append} rests on two things: {@link #load} never
 * mixes two states of a channel, and nothing is stored over a state that is not the newest.
 *
 * <p>Both throw {@link StoreFailure} if the store is away or did not say what it did; then the same
 * call is made again, so it must not matter whether the first one was carried out. The contract
 * suite is {@code ChannelLogContract}.
 */
public interface ChannelLog {
    /**
     * The state that a batch depends on: of each channel everything as one and the same append left
     * it (marks, which nothing is numbered by, may be newer). Throws {@link StaleLog} if a channel
     * was changed meanwhile and the store cannot give one state of it.
     */
    LogState load(Touched touched);

    /**
     * Whether a load that is made while a channel is appended to gives the channel as it was before
     * or as it is after. Else the writer loads only when nothing is being appended.
     */
    boolean loadsBesideAppends();

    /**
     * Stores what a batch changed; of each channel all of it or nothing that a reader could see.
     * Throws {@link StaleLog} if a channel has been changed since it was loaded: another process
     * got the partition meanwhile, or an append that seemed to fail was carried out. Throws {@link
     * RefusedData} if the store is well and will never take this, and then nothing of it is stored.
     */
    void append(LogState state);
}
