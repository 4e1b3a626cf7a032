package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import java.util.List;
import java.util.Optional;

/**
 * The store of the log, as its only writer uses it. Blocks. A process loads on one thread and
 * appends on another. Two processes use the log of a channel at the same time only while its
 * partition moves.
 *
 * <p>The writer publishes beside {@link #append}. That is safe because {@link #load} never mixes
 * two states of a channel, and because nothing is stored over a state that is not the newest.
 *
 * <p>All methods throw {@link StoreFailure} if the store is unreachable or did not confirm. The
 * caller then repeats the call, so it must not matter whether the first one was carried out. The
 * contract suite is {@code ChannelLogContract}.
 */
public interface ChannelLog {
    /**
     * The state that a batch depends on. Everything of a channel is as one append left it; only
     * marks may be newer, since no seq depends on them. Throws {@link StaleLog} if a channel
     * changed meanwhile and the store cannot give one state of it, and {@link RefusedData} if the
     * store will never answer this.
     */
    LogState load(Touched touched);

    /**
     * Whether a load during an append to a channel gives the channel either as it was before or as
     * it is after. If not, the writer loads only while nothing is being appended.
     */
    boolean loadsBesideAppends();

    /**
     * Stores what a batch changed. Readers see all changes of a channel or none. If the outcome is
     * not {@link Append.Stored}, nothing is stored.
     */
    Append append(LogState state);

    /**
     * The client ids of all messages of a channel that are stored now; also of those that have
     * expired, as long as they are kept. Empty if the store cannot read them together.
     */
    Optional<List<Keys.OfClientId>> clientIds(ChannelName channel);
}
