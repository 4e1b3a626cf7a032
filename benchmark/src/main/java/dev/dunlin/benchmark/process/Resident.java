package dev.dunlin.benchmark.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Samples the resident memory of processes on its own thread, from its creation until
 * {@link #close}. Children do not count.
 */
public final class Resident implements AutoCloseable {
    private static final long PAUSE_NANOS = 250_000_000;

    private final Map<String, Long> pids;
    private final Map<String, Range> ranges = new TreeMap<>();
    private final Thread thread;
    private volatile boolean closing;

    /** Bytes at first, at most and at last. */
    public record Range(long first, long most, long last) {
        Range with(long now) {
            return new Range(first, Math.max(most, now), now);
        }
    }

    /** Starts to sample. */
    public Resident(Map<String, Long> pids) {
        this.pids = Map.copyOf(pids);
        sample();
        this.thread = Thread.ofPlatform().name("resident").daemon().start(this::run);
    }

    private void run() {
        while (!closing) {
            LockSupport.parkNanos(PAUSE_NANOS);
            sample();
        }
    }

    private synchronized void sample() {
        pids.forEach((name, pid) -> {
            long now = Histogram.residentBytes(pid);
            ranges.compute(name, (key, range) -> range == null ? new Range(now, now, now) : range.with(now));
        });
    }

    /** What was seen so far, by name. */
    public synchronized Map<String, Range> ranges() {
        sample();
        return Map.copyOf(ranges);
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
    }
}
