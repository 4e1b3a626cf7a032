package dev.dunlin.message.command;

import dev.dunlin.edge.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Repeats an action until it succeeds, with pauses that double up to a maximum. Thread-safe. */
public final class Retry {
    private static final Logger LOG = Logger.getLogger(Retry.class);

    private final Duration first;
    private final Duration most;
    private final CountDownLatch stopped = new CountDownLatch(1);

    public Retry(Duration first, Duration most) {
        this.first = first;
        this.most = most;
    }

    /** The process stops, so retrying ends. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(String what) {
            super("stopped while " + what);
        }
    }

    /**
     * The result of {@code action}; blocks until there is one. A failure that {@code passes}
     * accepts is reported and retried; any other is thrown. Throws {@link Stopped} after
     * {@link #stop}.
     */
    public <T> T until(
            String what, Predicate<RuntimeException> passes, Supplier<T> action, Consumer<String> onFailure) {
        Backoff backoff = new Backoff(first, most);
        while (true) {
            try {
                return action.get();
            } catch (Stopped e) {
                throw e;
            } catch (RuntimeException failure) {
                if (!passes.test(failure)) {
                    throw failure;
                }
                Duration pause = backoff.next();
                LOG.errorf("%s failed; again in %d ms, and nothing is skipped: %s", what, pause.toMillis(), failure);
                LOG.debugf(failure, "%s failed", what);
                onFailure.accept(what + ": " + failure.getMessage());
                await(what, pause);
            }
        }
    }

    /** Waits for the first, shortest pause. Throws {@link Stopped} after {@link #stop}. */
    public void pause(String what) {
        await(what, first);
    }

    /** Ends all trying. */
    public void stop() {
        stopped.countDown();
    }

    private void await(String what, Duration pause) {
        try {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Stopped(what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(what);
        }
    }
}
