package dev.dunlin.benchmark.swarm;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a swarm has seen. Any thread. */
public final class Tally {
    final AtomicInteger subscribed = new AtomicInteger();
    final LongAdder messages = new LongAdder();
    final LongAdder goneAway = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder broken = new LongAdder();
    final AtomicLong worstOutage = new AtomicLong();
    final ConcurrentLinkedQueue<Long> returns = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();

    /** Links that are subscribed now. */
    public int subscribed() {
        return subscribed.get();
    }

    /** Messages of channels so far. */
    public long messages() {
        return messages.sum();
    }

    /** How often a link was asked to go. */
    public long goneAway() {
        return goneAway.sum();
    }

    /** How often a link was lost in any way. */
    public long lost() {
        return lost.sum();
    }

    /** How often a handshake did not succeed. */
    public long refused() {
        return refused.sum();
    }

    /** Promises that were not kept: a hole, something twice, a resume that was refused. */
    public long broken() {
        return broken.sum();
    }

    /** The first few of them in words. */
    public List<String> complaints() {
        return complaints.stream().limit(10).toList();
    }

    /**
     * The longest that a link was away, from its loss until it was subscribed again, in
     * nanoseconds.
     */
    public long worstOutageNanos() {
        return worstOutage.get();
    }

    /** When each lost link was welcomed again ({@link System#nanoTime}). */
    public List<Long> returns() {
        return List.copyOf(returns);
    }

    void complain(String what) {
        broken.increment();
        if (complaints.size() < 10) {
            complaints.add(what);
        }
    }
}
