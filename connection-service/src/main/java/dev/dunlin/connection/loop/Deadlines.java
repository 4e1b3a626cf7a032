package dev.dunlin.connection.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Fails futures that are not done in time, all within the same time. One timer runs for all of
 * them, because a handshake waits for several. Keeps a future until its time is over or everything
 * before it is done. On the hub loop.
 */
public final class Deadlines {
    /** Checks per time: a future fails up to one check late. */
    private static final int CHECKS = 10;

    private final HubLoop loop;
    private final Duration within;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long check;
    private boolean running;

    private record Waiting(CompletableFuture<?> future, String what, long until) {}

    /** No timer runs yet. {@code within}: the time of each future. */
    public Deadlines(HubLoop loop, Duration within) {
        this.loop = loop;
        this.within = within;
    }

    /** Fails the future with {@link TimeoutException} unless it is done in time. */
    public void watch(CompletableFuture<?> future, String what) {
        dropDone();
        waiting.add(new Waiting(future, what, check + CHECKS + 1));
        if (!running) {
            running = true;
            next();
        }
    }

    private void next() {
        loop.after(within.dividedBy(CHECKS), this::check);
    }

    private void check() {
        check++;
        for (Waiting first = waiting.peek(); first != null && first.until() <= check; first = waiting.peek()) {
            waiting.remove();
            first.future().completeExceptionally(new TimeoutException(first.what()));
        }
        dropDone();
        running = !waiting.isEmpty();
        if (running) {
            next();
        }
    }

    private void dropDone() {
        for (Waiting first = waiting.peek(); first != null && first.future().isDone(); first = waiting.peek()) {
            waiting.remove();
        }
    }
}
