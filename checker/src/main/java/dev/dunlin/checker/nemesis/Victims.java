package dev.dunlin.checker.nemesis;

import java.util.List;

/** The processes that can be hit. Methods block; a name is one of {@link #of}. */
public interface Victims {
    /** The names of the processes of that kind. */
    List<String> of(Target target);

    /** Whether there is a process of it now, whatever that is able to do. */
    boolean isRunning(String name) throws InterruptedException;

    /** Ends it as a crash does; false if it did not run. */
    boolean kill(String name) throws InterruptedException;

    /** Freezes it; false if it did not run. */
    boolean suspend(String name) throws InterruptedException;

    /** Lets it go on. */
    void resume(String name) throws InterruptedException;

    /** Ends it in order and starts it again; false if it did not come up. */
    boolean restart(String name) throws InterruptedException;

    /** Lets everything go on and starts what does not run; returns when all of it serves, or with what does not. */
    List<String> heal() throws InterruptedException;
}
