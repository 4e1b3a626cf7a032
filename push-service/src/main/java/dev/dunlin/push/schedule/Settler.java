package dev.dunlin.push.schedule;

import dev.dunlin.push.Unreachable;
import dev.dunlin.push.schedule.Pending.Settled;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/**
 * Writes what became of rows, many at once. A row that could not be written is due again when its
 * lease ends: it is sent again, and not lost. Thread-safe; {@link #run} has its own thread.
 */
public final class Settler implements Runnable {
    private static final Logger LOG = Logger.getLogger(Settler.class);
    private static final int MOST_AT_ONCE = 500;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private record Entry(Settled settled, Runnable written) {}

    private final Pending pending;
    private final Clock clock;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();

    public Settler(Pending pending, Clock clock) {
        this.pending = pending;
        this.clock = clock;
    }

    /** Hands over a row; {@code written} runs when it was written, or could not be. */
    void settle(Settled settled, Runnable written) {
        queue.add(new Entry(settled, written));
    }

    /** Writes until it is interrupted, and then what is left. */
    @Override
    public void run() {
        List<Entry> entries = new ArrayList<>();
        try {
            while (true) {
                entries.add(queue.take());
                queue.drainTo(entries, MOST_AT_ONCE - 1);
                write(entries);
                entries.clear();
            }
        } catch (InterruptedException e) {
            queue.drainTo(entries);
            if (!entries.isEmpty()) {
                writeOnce(entries);
            }
        }
    }

    private void write(List<Entry> entries) throws InterruptedException {
        while (!writeOnce(entries)) {
            Thread.sleep(PAUSE); // the database does not answer
        }
    }

    private boolean writeOnce(List<Entry> entries) {
        try {
            pending.settle(entries.stream().map(Entry::settled).toList(), clock.instant());
        } catch (Unreachable e) {
            LOG.warnf("what was delivered is recorded later: %s", e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("what was delivered cannot be recorded, and is delivered again", e);
        }
        entries.forEach(entry -> entry.written().run());
        return true;
    }
}
