package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Sequenced;
import java.util.List;

/**
 * Observes the processor, for metrics and health. Called by several of the processor's threads at a
 * time. Must not block or throw.
 */
public interface BatchObserver {
    /** A batch was stored and published. {@code nanos} is how long that took. */
    void processed(List<Sequenced> batch, long nanos);

    /**
     * One write stored this number of batches. {@code nanos} is how long that took, including the
     * wait for a store that was unreachable.
     */
    void stored(int batches, long nanos);

    /** Something that a batch waits for failed and is retried. {@code why} is for operators. */
    void retried(String why);

    /** A record was dead-lettered. */
    void deadLettered(DeadLetters.Reason reason);

    /** The log holds another event than the one that was published with its seq. */
    void diverged();
}
