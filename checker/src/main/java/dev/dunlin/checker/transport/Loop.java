package dev.dunlin.checker.transport;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread of one client that runs until it is closed. Thread-safe. */
public final class Loop implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** The work of the thread, which ends when this returns. */
    @FunctionalInterface
    public interface Body {
        void run(Loop loop) throws InterruptedException;
    }

    private Loop(String name, Body body) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                body.run(this);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it was closed
            }
        });
    }

    /** Starts it. */
    public static Loop start(String name, Body body) {
        Loop loop = new Loop(name, body);
        loop.thread.start();
        return loop;
    }

    /** Waits for {@code time}; returns false if the loop is closed. */
    public boolean pause(Duration time) throws InterruptedException {
        return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends the thread and waits for that, for a bounded time. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
