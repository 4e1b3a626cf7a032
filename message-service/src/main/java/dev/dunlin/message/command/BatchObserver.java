package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Sequenced;
import java.util.List;

/**
 * Sees what the processor does, for metrics and health. Called by the processor's threads, several
 * at a time; must not block or throw.
 */
public interface BatchObserver {
    /** A batch was stored and told to everybody; {@code nanos} is how long it took. */
    void processed(List<Sequenced> batch, long nanos);

    /**
     * So many batches were stored by one write; {@code nanos} is how long it took, with what it
     * waited for a store that was away.
     */
    void stored(int batches, long nanos);

    /** Something that a batch waits for failed and is tried again; {@code why} is for operators. */
    void retried(String why);

    /** A record was put aside. */
    void deadLettered(DeadLetters.Reason reason);

    /** An event that was told on the bus is not the one that the log holds at its seq. */
    void diverged();
}
