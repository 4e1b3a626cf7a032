package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Touched;

/** The store of the log, as its one writer uses it. Blocks; called by one virtual thread. Both throw {@link StoreFailure} if the store fails. */
public interface ChannelLog {
    /** The state that a batch depends on. */
    LogState load(Touched touched);

    /**
     * Stores what a batch changed, all of it or nothing. Throws {@link StaleLog} if one of its channels has been changed since it was loaded: another process got the
     * partition meanwhile.
     */
    void append(LogState state);
}
