package dev.dunlin.edge.redis;

import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fails answers that do not come in time. One timer looks after all of them, since a timer for each
 * would wake another thread for each. An answer may be late by a quarter of the time. Belongs to
 * one connection; thread-safe.
 */
final class Overdue {
    private static final int CHECKS_PER_PATIENCE = 4;

    private final ContextInternal loop;
    private final Duration patience;
    private final Queue<Awaited> awaited = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean watching = new AtomicBoolean();

    private record Awaited(CompletableFuture<?> answer, long sinceNanos) {}

    Overdue(ContextInternal loop, Duration patience) {
        this.loop = loop;
        this.patience = patience;
    }

    /** Fails the answer with {@link TimeoutException} if it does not come in time. */
    void watch(CompletableFuture<?> answer) {
        awaited.add(new Awaited(answer, System.nanoTime()));
        if (watching.compareAndSet(false, true)) {
            loop.runOnContext(ignored -> checkLater());
        }
    }

    private void checkLater() {
        loop.setTimer(Math.max(1, patience.toMillis() / CHECKS_PER_PATIENCE), timer -> check());
    }

    private void check() {
        for (Awaited oldest = awaited.peek(); oldest != null && isOver(oldest); oldest = awaited.peek()) {
            awaited.remove();
            oldest.answer().completeExceptionally(new TimeoutException("no answer within " + patience));
        }
        if (!awaited.isEmpty()) {
            checkLater();
            return;
        }
        watching.set(false);
        // One may have been added before that.
        if (!awaited.isEmpty() && watching.compareAndSet(false, true)) {
            checkLater();
        }
    }

    private boolean isOver(Awaited one) {
        return one.answer().isDone() || System.nanoTime() - one.sinceNanos() >= patience.toNanos();
    }
}
