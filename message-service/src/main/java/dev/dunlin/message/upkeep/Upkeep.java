package dev.dunlin.message.upkeep;

import dev.dunlin.message.purge.Purge;
import dev.dunlin.message.retention.Retention;
import dev.dunlin.message.search.Reindexing;
import dev.dunlin.message.userdata.Eraser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The background work: removes rows of deleted channels, erases users, indexes messages again and,
 * at longer intervals, removes expired events. Every process runs this loop; one of them at a time
 * does the work. The first search for expired rows comes one interval after the start, so that a
 * writer that restarts after an outage has caught up by then.
 */
public final class Upkeep implements Runnable {
    private static final Logger LOG = Logger.getLogger(Upkeep.class);

    private final OneAtATime oneAtATime;
    private final Purge purge;
    private final Eraser eraser;
    private final Retention retention;
    private final Reindexing reindexing;
    private final UpkeepObserver observer;
    private final InstantSource clock;
    private final Duration poll;
    private final Duration interval;
    private final Semaphore nudged = new Semaphore(0);
    private volatile boolean stopped;
    private Instant retained;

    /** Looks for work each {@code poll}, and for expired rows each {@code interval}. */
    public Upkeep(
            OneAtATime oneAtATime,
            Purge purge,
            Eraser eraser,
            Retention retention,
            Reindexing reindexing,
            UpkeepObserver observer,
            InstantSource clock,
            Duration poll,
            Duration interval) {
        this.oneAtATime = oneAtATime;
        this.purge = purge;
        this.eraser = eraser;
        this.retention = retention;
        this.reindexing = reindexing;
        this.observer = observer;
        this.clock = clock;
        this.poll = poll;
        this.interval = interval;
        this.retained = clock.instant();
    }

    /** There is work: do not wait for the next poll. Thread-safe; does not block. */
    public void nudge() {
        nudged.release();
    }

    /** Ends {@link #run} soon. Thread-safe. */
    public void stop() {
        stopped = true;
        nudge();
    }

    /** Works until {@link #stop}. Blocks. */
    @Override
    public void run() {
        while (!stopped) {
            try {
                oneAtATime.tryRun(this::round);
            } catch (RuntimeException failure) {
                observer.failed();
                LOG.warnf("background work failed and is retried later: %s", failure.toString());
            }
            await();
        }
    }

    private void round() {
        purge.carryOut(() -> stopped, observer::purged);
        eraser.carryOut(() -> stopped, observer::erased);
        reindexing.carryOut(() -> stopped, observer::toIndexAgain);
        Instant now = clock.instant();
        if (!stopped && !now.isBefore(retained.plus(interval))) {
            retention.carryOut(() -> stopped, observer::expired, observer::unwritten);
            reindexing.catchUp(() -> stopped);
            retained = now;
        }
    }

    private void await() {
        try {
            if (nudged.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                nudged.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
