package dev.dunlin.message.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Does one kind of work in order, on its own thread, which ends when there was no work for a while.
 * It takes all waiting work at once. Callers bound the queue. Thread-safe.
 */
final class Stage<T> {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Executor thread;
    private final Duration linger;
    private final Consumer<List<T>> work;
    private final Object lock = new Object();
    private List<T> waiting = new ArrayList<>();
    private boolean busy;

    /** {@code work} must not throw. */
    Stage(String name, Consumer<List<T>> work) {
        this(name, Duration.ZERO, work);
    }

    /** Waits for {@code linger} before it takes work, so that it takes more together. */
    Stage(String name, Duration linger, Consumer<List<T>> work) {
        this.thread = thread(name);
        this.linger = linger;
        this.work = work;
    }

    /**
     * A platform thread: on a virtual one each answer of the store is two more hand-overs between
     * threads.
     */
    private static Executor thread(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name).factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    void add(T one) {
        synchronized (lock) {
            waiting.add(one);
            if (busy) {
                return;
            }
            busy = true;
        }
        thread.execute(this::run);
    }

    /** Whether nothing is waiting or being done. */
    boolean isIdle() {
        synchronized (lock) {
            return !busy;
        }
    }

    /** Removes the waiting work and returns it. */
    List<T> takeBack() {
        synchronized (lock) {
            List<T> taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        }
    }

    private void run() {
        while (true) {
            LockSupport.parkNanos(this, linger.toNanos());
            List<T> next;
            synchronized (lock) {
                if (waiting.isEmpty()) {
                    busy = false;
                    return;
                }
                next = waiting;
                waiting = new ArrayList<>();
            }
            work.accept(next);
        }
    }
}
