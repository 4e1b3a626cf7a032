package dev.dunlin.checker.nemesis;

import java.util.List;

/** The processes that can be hit. Methods block; a name is one of {@link #of}. */
public interface Victims {
    /** The names of the processes of that kind; of the provider, a name for people. */
    List<String> of(Target target);

    /** Whether the process exists now, whether or not it responds. */
    boolean isRunning(String name) throws InterruptedException;

    /** Kills the process, like a crash; false if it did not run. */
    boolean kill(String name) throws InterruptedException;

    /** Suspends the process; false if it did not run. */
    boolean suspend(String name) throws InterruptedException;

    /** Removes all data of Redis while it runs; false if it did not answer. */
    boolean flush(String name) throws InterruptedException;

    /** Resumes the process. */
    void resume(String name) throws InterruptedException;

    /** Stops the process in order and starts it again; false if it did not come up. */
    boolean restart(String name) throws InterruptedException;

    /**
     * Resumes and starts all processes. Returns when all of them serve, or with the names of those
     * that do not.
     */
    List<String> heal() throws InterruptedException;
}
