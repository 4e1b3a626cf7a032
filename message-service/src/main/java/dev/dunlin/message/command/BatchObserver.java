package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Sequenced;
import java.util.List;

/** Sees what the processor does, for metrics and health. Called by the processor's thread; must not block or throw. */
public interface BatchObserver {
    /** A batch was stored and told to everybody; {@code nanos} is how long it took. */
    void processed(List<Sequenced> batch, long nanos);

    /** Something that a batch waits for failed and is tried again; {@code why} is for operators. */
    void retried(String why);

    /** A record was put aside. */
    void putAside(DeadLetters.Reason reason);

    /** An event that was told on the bus is not the one that the log holds at its seq. */
    void diverged();
}
