package dev.dunlin.client.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The one thread of a client: tasks run one after the other, in order. */
public interface EventLoop extends Executor {
    /** Runs a task after a delay. */
    Timer schedule(Duration delay, Runnable task);

    /** Whether the caller runs on this loop, and so must not wait for it. */
    boolean isCurrent();

    /** The time since some moment in the past; never goes back. */
    Duration now();

    /** A task that waits for its time. */
    interface Timer {
        /** One that waits for nothing. */
        Timer NONE = () -> {};

        /** Does nothing once the task has begun. */
        void cancel();
    }
}
