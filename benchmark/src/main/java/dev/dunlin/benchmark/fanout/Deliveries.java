package dev.dunlin.benchmark.fanout;

import dev.dunlin.benchmark.arrival.Arrivals;
import dev.dunlin.benchmark.load.MessageIds;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * When messages were due and when their copies came. Written by the thread that reads the links;
 * {@link #begin} and the figures are for the thread that publishes.
 */
final class Deliveries implements Arrivals.Heard {
    private static final long MOST_NANOS = 60_000_000_000L;
    private static final int MOST_MESSAGES = 100_000;

    private final byte[] beforeId;
    private final AtomicLongArray due = new AtomicLongArray(MOST_MESSAGES);
    private final AtomicLong count = new AtomicLong();
    private volatile Histogram times = new ConcurrentHistogram(MOST_NANOS, 3);
    private volatile int frameBytes;
    private volatile int round;

    Deliveries(String beforeId) {
        this.beforeId = beforeId.getBytes(StandardCharsets.US_ASCII);
    }

    /** Counts from zero; messages of other rounds are ignored. */
    void begin(int next) {
        round = next;
        count.set(0);
        times = new ConcurrentHistogram(MOST_NANOS, 3);
    }

    int round() {
        return round;
    }

    /** A message is about to be published and was due then. */
    void sending(int number, long dueNanos) {
        due.set(number, dueNanos);
    }

    @Override
    public void text(byte[] bytes, int from, int to) {
        long now = System.nanoTime();
        frameBytes = to - from;
        for (int at = MessageIds.find(beforeId, bytes, from, to);
                at >= 0;
                at = MessageIds.find(beforeId, bytes, at, to)) {
            int number = MessageIds.number(bytes, at);
            if (number >= 0 && number < MOST_MESSAGES && MessageIds.round(bytes, at) == round) {
                times.recordValue(Math.clamp(now - due.get(number), 0, MOST_NANOS));
                count.incrementAndGet();
            }
        }
    }

    long count() {
        return count.get();
    }

    /** From due to each delivery, in nanoseconds. */
    Histogram times() {
        return times.copy();
    }

    /** The length of the last text that came. */
    int frameBytes() {
        return frameBytes;
    }
}
