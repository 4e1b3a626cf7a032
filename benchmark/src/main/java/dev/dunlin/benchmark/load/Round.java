package dev.dunlin.benchmark.load;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The messages of one measurement: when each was due, and when its ack and its delivery came. Times
 * are {@link System#nanoTime()}. Thread-safe.
 *
 * <p>A latency counts from when the message was due, not from when it was sent: a sender that falls
 * behind makes the figures worse and not better.
 */
public final class Round {
    private static final long MOST_NANOS = 60_000_000_000L;
    private static final int ACKED = 1;
    private static final int DELIVERED = 2;

    private final int number;
    private final AtomicLongArray due;
    private final AtomicLongArray arrived;
    private final AtomicIntegerArray seen;
    private final Histogram acks = new ConcurrentHistogram(MOST_NANOS, 3);
    private final Histogram deliveries = new ConcurrentHistogram(MOST_NANOS, 3);
    private final LongAdder acked = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder overloaded = new LongAdder();
    private volatile int sent;

    /** {@code capacity} is the most messages it takes. */
    public Round(int number, int capacity) {
        this.number = number;
        this.due = new AtomicLongArray(capacity);
        this.arrived = new AtomicLongArray(capacity);
        this.seen = new AtomicIntegerArray(capacity);
    }

    /** Its number in the ids of its messages. */
    public int number() {
        return number;
    }

    /** How many messages it takes. */
    public int capacity() {
        return due.length();
    }

    /** Message {@code index} is about to be sent and was due at {@code nanos}. */
    public void sending(int index, long nanos) {
        due.setRelease(index, nanos);
    }

    /** When a message was due. */
    public long due(int index) {
        return due.getAcquire(index);
    }

    /** When it was delivered; 0 if it was not. */
    public long arrived(int index) {
        return arrived.getAcquire(index);
    }

    /** All up to {@code count} were sent. */
    public void sent(int count) {
        sent = count;
    }

    public int sent() {
        return sent;
    }

    /** The ack of a message came. */
    public void acked(int index, long nanos) {
        settle(index, nanos, ACKED, acks, acked);
    }

    /** A message came on the other node. */
    public void delivered(int index, long nanos) {
        if (index >= 0 && index < arrived.length()) {
            arrived.setRelease(index, nanos);
        }
        settle(index, nanos, DELIVERED, deliveries, delivered);
    }

    /** A publish was refused. */
    public void refused() {
        refused(1, 0);
    }

    /**
     * Publishes were refused.
     *
     * @param retryLater how many of them with the time after which to retry
     */
    public void refused(int count, int retryLater) {
        refused.add(count);
        overloaded.add(retryLater);
    }

    private void settle(int index, long nanos, int what, Histogram times, LongAdder count) {
        if (index < 0 || index >= due.length()) {
            return;
        }
        if ((seen.getAndUpdate(index, bits -> bits | what) & what) != 0) {
            repeated.increment();
            return;
        }
        times.recordValue(Math.clamp(nanos - due.getAcquire(index), 0, MOST_NANOS));
        count.increment();
    }

    public long acked() {
        return acked.sum();
    }

    public long delivered() {
        return delivered.sum();
    }

    /** Acks and deliveries that came more than once. */
    public long repeated() {
        return repeated.sum();
    }

    public long refusals() {
        return refused.sum();
    }

    /** Refusals that say that the server has too much to do, and when to retry. */
    public long overloaded() {
        return overloaded.sum();
    }

    /** From due to acked, in nanoseconds. */
    public Histogram acks() {
        return acks.copy();
    }

    /** From due to delivered on the other node, in nanoseconds. */
    public Histogram deliveries() {
        return deliveries.copy();
    }

    /** Whether every message that was sent was acked and delivered, or refused. */
    public boolean complete() {
        return acked() + refusals() >= sent && delivered() + refusals() >= sent;
    }
}
