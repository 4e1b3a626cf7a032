package dev.dunlin.connection.subscription;

import java.util.ArrayList;
import java.util.List;

/**
 * Events of a channel that an event loop has not begun to deliver. Their number grows with the
 * loop's lag, as the number of tasks would if each event had one. The hub loop adds, the event loop
 * takes once.
 */
final class QueuedEvents {
    private List<LiveEvent> events;
    private boolean taken;

    QueuedEvents(List<LiveEvent> events) {
        this.events = new ArrayList<>(events);
    }

    /** Returns false if the loop has taken what there was. */
    synchronized boolean add(List<LiveEvent> more) {
        if (!taken) {
            events.addAll(more);
        }
        return !taken;
    }

    /** All events, in order, in the batches in which they go to each subscriber. */
    List<EventBatch> take() {
        return EventBatch.batches(takeAll());
    }

    private synchronized List<LiveEvent> takeAll() {
        taken = true;
        List<LiveEvent> all = events;
        events = List.of(); // the hub keeps this object until the channel's next event
        return all;
    }
}
