package dev.dunlin.connection.catchup;

import java.util.LinkedHashSet;
import java.util.Set;

/** How much all tails of a node may hold. When it is too much, the tail that got nothing for the longest time loses its oldest events. Hub loop only, unless said otherwise. */
@SuppressWarnings("NonAtomicVolatileUpdate") // only the hub loop writes
public final class TailBudget {
    private final Limits limits;
    /** Those with events, the one that grew last at the end. */
    private final Set<HotTail> tails = new LinkedHashSet<>();

    private volatile long bytes;

    /**
     * Bounds.
     *
     * @param eventsPerChannel 0 keeps none
     * @param bytesPerChannel  with their overhead
     * @param bytesPerNode     of all channels together
     */
    public record Limits(int eventsPerChannel, long bytesPerChannel, long bytesPerNode) {
        public Limits {
            if (eventsPerChannel < 0 || bytesPerChannel < 0 || bytesPerNode < 0) {
                throw new IllegalArgumentException("the bounds of tails must be 0 or more");
            }
        }
    }

    public TailBudget(Limits limits) {
        this.limits = limits;
    }

    /** What all tails hold. Any thread. */
    public long bytes() {
        return bytes;
    }

    int eventsPerChannel() {
        return limits.eventsPerChannel();
    }

    long bytesPerChannel() {
        return limits.bytesPerChannel();
    }

    void grown(HotTail tail, long by) {
        tails.remove(tail);
        tails.add(tail);
        bytes += by;
        while (bytes > limits.bytesPerNode()) {
            HotTail coldest = tails.iterator().next();
            shrunk(coldest, coldest.dropOldest());
        }
    }

    void shrunk(HotTail tail, long by) {
        bytes -= by;
        if (tail.isEmpty()) {
            tails.remove(tail);
        }
    }
}
