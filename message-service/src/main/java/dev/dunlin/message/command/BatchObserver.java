package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Sequenced;
import java.util.List;

/** Sees what the processor does, for metrics. Called by the processor's thread; must not block or throw. */
public interface BatchObserver {
    /** A batch was stored and told to everybody; {@code nanos} is how long it took. */
    void processed(List<Sequenced> batch, long nanos);

    /** A batch failed and is tried again. */
    void retried();
}
