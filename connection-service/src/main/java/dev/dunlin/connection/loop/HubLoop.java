package dev.dunlin.connection.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The one thread that owns the shared state of the node. Tasks run one after the other, in the
 * order of {@link #execute}, never inside the caller.
 */
public interface HubLoop extends Executor {
    /** The time, in nanoseconds, only to compare with another. Any thread. */
    long nanos();

    /** Runs a task once, on this thread. */
    void after(Duration delay, Runnable task);

    /** Runs a task periodically, on this thread. */
    void every(Duration period, Runnable task);
}
