package dev.dunlin.connection.catchup;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Limits the bytes that all tails of a node hold. Above the limit, the tail that has been quiet the
 * longest loses its oldest events. Hub loop only, unless stated otherwise.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // only the hub loop writes
public final class TailBudget {
    private final Limits limits;
    /** The tails with events; the one that grew last is at the end. */
    private final Set<HotTail> tails = new LinkedHashSet<>();

    private volatile long bytes;

    /**
     * Bounds of the tails.
     *
     * @param eventsPerChannel events of one channel; 0 keeps none
     * @param bytesPerChannel bytes of one channel, with overhead
     * @param bytesPerNode bytes of all channels together
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

    /** The bytes that all tails hold. Any thread. */
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
