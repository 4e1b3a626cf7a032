package dev.dunlin.benchmark.push;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * When the devices 0 to N - 1 of one round were notified first. Times are those of
 * {@link System#nanoTime}. Thread-safe.
 */
final class Received {
    private static final long MOST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int DIGITS = 3;

    private final long start = System.nanoTime();
    /** Nanoseconds since {@link #start}, at least 1; 0 if the device was not notified. */
    private final AtomicLongArray times;

    private final CountDownLatch missing;
    private final AtomicInteger repeated = new AtomicInteger();

    Received(int devices) {
        this.times = new AtomicLongArray(devices);
        this.missing = new CountDownLatch(devices);
    }

    /** Notes a notification of a device that takes part. */
    void arrived(int device) {
        if (times.compareAndSet(device, 0, Math.max(1, System.nanoTime() - start))) {
            missing.countDown();
        } else {
            repeated.incrementAndGet();
        }
    }

    /** Waits until every device was notified; false if some were not after that time. */
    boolean await(Duration atMost) throws InterruptedException {
        return missing.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How many devices were notified. */
    int count() {
        return times.length() - (int) missing.getCount();
    }

    /** Notifications of devices that had been notified before. */
    int repeated() {
        return repeated.get();
    }

    /** Notifications a second, from the first to the last; 0 with fewer than two. */
    double perSecond() {
        long first = Long.MAX_VALUE;
        long last = 0;
        int count = 0;
        for (int i = 0; i < times.length(); i++) {
            long time = times.get(i);
            if (time > 0) {
                first = Math.min(first, time);
                last = Math.max(last, time);
                count++;
            }
        }
        return count < 2 ? 0 : (count - 1) * 1e9 / Math.max(1, last - first);
    }

    /** Adds the nanoseconds from a time until each device was notified. */
    void addTo(Histogram histogram, long since) {
        for (int i = 0; i < times.length(); i++) {
            long time = times.get(i);
            if (time > 0) {
                histogram.recordValue(Math.clamp(start + time - since, 0, MOST_NANOS));
            }
        }
    }

    /** A histogram for {@link #addTo}. */
    static Histogram histogram() {
        return new Histogram(MOST_NANOS, DIGITS);
    }
}
