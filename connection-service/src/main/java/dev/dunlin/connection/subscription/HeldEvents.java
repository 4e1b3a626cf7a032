package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.bus.BusMessage;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Live events that wait for missing ones before them, in the order of their seqs. When it is full,
 * the newest are dropped, to be fetched later.
 */
final class HeldEvents {
    private final int capacity;
    private final TreeMap<Long, BusMessage> events = new TreeMap<>();
    private long dropped;

    HeldEvents(int capacity) {
        this.capacity = capacity;
    }

    void add(BusMessage event) {
        if (events.size() < capacity) {
            events.put(event.seq(), event);
        } else {
            dropped = Math.max(dropped, event.seq());
        }
    }

    /**
     * Passes on, in order, what follows {@code last} without a hole, and drops what is older.
     *
     * @param to must advance the caller's own position
     * @return whether nothing is missing
     */
    boolean deliverFrom(long last, Consumer<BusMessage> to) {
        long position = last;
        while (!events.isEmpty() && events.firstKey() <= position + 1) {
            BusMessage event = events.pollFirstEntry().getValue();
            if (event.seq() == position + 1) {
                position++;
                to.accept(event);
            }
        }
        if (dropped <= position) {
            dropped = 0;
        }
        return events.isEmpty() && dropped == 0;
    }

    /** The lowest seq after {@code last} that is kept, or the one after all dropped ones. */
    long firstAfter(long last) {
        Long first = events.higherKey(last);
        return first == null ? dropped + 1 : first;
    }
}
