package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;

/**
 * The store of the log, as its only writer uses it. Blocks. A process loads on one virtual thread
 * and appends on another. Two processes use the log of a channel at the same time only while its
 * partition moves.
 *
 * <p>The writer publishes beside {@link #append}. That is safe because {@link #load} never mixes
 * two states of a channel, and because nothing is stored over a state that is not the newest.
 *
 * <p>Both methods throw {@link StoreFailure} if the store is unreachable or did not confirm. The
 * caller then repeats the call, so it must not matter whether the first one was carried out. The
 * contract suite is {@code ChannelLogContract}.
 */
public interface ChannelLog {
    /**
     * The state that a batch depends on. Everything of a channel is as one append left it; only
     * marks may be newer, since no seq depends on them. Throws {@link StaleLog} if a channel
     * changed meanwhile and the store cannot give one state of it.
     */
    LogState load(Touched touched);

    /**
     * Whether a load during an append to a channel gives the channel either as it was before or as
     * it is after. If not, the writer loads only while nothing is being appended.
     */
    boolean loadsBesideAppends();

    /**
     * Stores what a batch changed. Readers see all changes of a channel or none. Throws
     * {@link StaleLog} if a channel has changed since it was loaded: another process got the
     * partition, or an append that seemed to fail was carried out. Throws {@link RefusedData} if
     * the store works and will never accept this; then it stores nothing.
     */
    void append(LogState state);
}
