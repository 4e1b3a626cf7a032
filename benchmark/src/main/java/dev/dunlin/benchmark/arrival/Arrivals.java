package dev.dunlin.benchmark.arrival;

import dev.dunlin.benchmark.load.Pace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Clients that arrive at a fixed rate or all at once. One thread opens them when they are due,
 * another answers the server until each is subscribed. They stay until {@link #close}. One that is
 * refused for now asks again a little later; one that fails does not come again.
 */
public final class Arrivals implements Closeable {
    private static final long MOST_NANOS = 120_000_000_000L;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final long ASK_AGAIN_NANOS = 200_000_000;

    private final List<Arrival> all;
    private final Selector selector = Selector.open();
    private final Queue<Arrival> opening = new ConcurrentLinkedQueue<>();
    /** On the thread that reads. */
    private final Queue<Refused> refused = new ArrayDeque<>();

    private final LongAdder repeated = new LongAdder();
    private final LongAdder pings = new LongAdder();
    private final AtomicInteger subscribed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Histogram times = new ConcurrentHistogram(MOST_NANOS, 3);
    private final Thread thread;
    private volatile boolean closing;

    private record Refused(Arrival who, long again) {}

    /** Hears what comes to clients that are subscribed, on the thread that reads. */
    @FunctionalInterface
    public interface Heard {
        /** A text; the bytes are good only during the call. */
        void text(byte[] bytes, int from, int to);
    }

    /** Clients that discard what they hear. */
    public Arrivals(List<Opening> openings) throws IOException {
        this(openings, (bytes, from, to) -> {});
    }

    /** Prepares clients; nothing is opened yet. */
    public Arrivals(List<Opening> openings, Heard heard) throws IOException {
        this.all = openings.stream()
                .map(opening -> new Arrival(this, opening, heard))
                .toList();
        this.thread = Thread.ofPlatform().name("arrivals").daemon().start(this::run);
    }

    /**
     * Opens all at a rate, all at once if it is 0. Returns when each is subscribed or has failed,
     * or when the patience is over. Blocks.
     */
    public void arrive(double perSecond, Duration patience) {
        long now = System.nanoTime();
        if (perSecond > 0) {
            Duration time = Duration.ofNanos(Math.round(all.size() * 1e9 / perSecond));
            var unused = Pace.keep(
                    perSecond,
                    time,
                    all.size(),
                    () -> Thread.currentThread().isInterrupted(),
                    (index, due) -> open(all.get(index), due));
        } else {
            all.forEach(one -> open(one, now));
        }
        long end = System.nanoTime() + patience.toNanos();
        while (subscribed.get() + failed.get() < all.size() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void open(Arrival one, long due) {
        one.due(due);
        opening.add(one);
        selector.wakeup();
    }

    private void run() {
        List<Arrival> opened = new ArrayList<>();
        try {
            while (!closing) {
                selector.select(Arrivals::ready, 100);
                for (Arrival one = opening.poll(); one != null; one = opening.poll()) {
                    opened.add(one);
                    one.open(selector);
                }
                askAgain();
            }
        } catch (IOException e) {
            System.err.println("the clients stopped: " + e.getMessage());
        } finally {
            opened.forEach(Arrival::close);
        }
    }

    private void askAgain() {
        for (Refused next = refused.peek();
                next != null && next.again() - System.nanoTime() <= 0;
                next = refused.peek()) {
            refused.remove().who().askAgain(selector);
        }
    }

    /** The server refused the client for now: it asks again a little later. */
    void refused(Arrival who) {
        repeated.increment();
        refused.add(new Refused(who, System.nanoTime() + ASK_AGAIN_NANOS));
    }

    void pinged() {
        pings.increment();
    }

    /** Pings of the server that were answered. */
    public long pings() {
        return pings.sum();
    }

    /** How often a client had to ask again. */
    public long repeated() {
        return repeated.sum();
    }

    private static void ready(SelectionKey key) {
        if (key.attachment() instanceof Arrival one) {
            one.ready(key);
        }
    }

    void subscribed(long dueNanos) {
        times.recordValue(Math.clamp(System.nanoTime() - dueNanos, 0, MOST_NANOS));
        subscribed.incrementAndGet();
    }

    void failed(String why) {
        if (failed.incrementAndGet() == 1) {
            System.err.println("    a client failed: " + why);
        }
    }

    /** Clients that could not subscribe, or whose link ended. */
    public int failed() {
        return failed.get();
    }

    /** Clients that are subscribed, or were. */
    public int subscribed() {
        return subscribed.get();
    }

    /** Clients that are not subscribed. */
    public int missing() {
        return all.size() - subscribed.get();
    }

    /** From when a client was due until it was subscribed, in nanoseconds. */
    public Histogram times() {
        return times.copy();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
