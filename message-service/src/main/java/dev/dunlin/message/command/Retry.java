package dev.dunlin.message.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Tries until it works, with pauses that double up to a most. Thread-safe. */
public final class Retry {
    private static final Logger LOG = Logger.getLogger(Retry.class);

    private final Duration first;
    private final Duration most;
    private final CountDownLatch stopped = new CountDownLatch(1);

    public Retry(Duration first, Duration most) {
        this.first = first;
        this.most = most;
    }

    /** The process stops: whoever tries gives up. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(String what) {
            super("stopped while " + what);
        }
    }

    /** The result of {@code action}; blocks until there is one. Throws {@link Stopped} after {@link #stop}. A {@link StaleLog} is no failure of the store, so its pause stays short. */
    public <T> T until(String what, Supplier<T> action, Runnable onFailure) {
        Duration pause = first;
        while (true) {
            try {
                return action.get();
            } catch (StaleLog stale) {
                LOG.infof("%s: %s", what, stale.getMessage());
                onFailure.run();
                await(what, first);
            } catch (RuntimeException failure) {
                LOG.errorf(failure, "%s failed; again in %d ms, and nothing is skipped", what, pause.toMillis());
                onFailure.run();
                await(what, pause);
                pause = pause.multipliedBy(2).compareTo(most) < 0 ? pause.multipliedBy(2) : most;
            }
        }
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
