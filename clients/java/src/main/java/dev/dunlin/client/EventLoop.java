package dev.dunlin.client;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The one thread of a client: tasks run one after the other, in order. */
interface EventLoop extends Executor {
    /** Runs a task after a delay. */
    Timer schedule(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Timer {
        void cancel();
    }
}
