package dev.dunlin.connection.subscription;

import dev.dunlin.connection.link.FrameRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of a channel that go to every subscriber together, in order. An event that may end access
 * is alone: the end of a membership, or a gap.
 *
 * @param events one or more
 * @param frames the same events as frames
 */
record EventBatch(List<LiveEvent> events, FrameRun frames) {
    /** Keeps one write below the high-water mark of a link. */
    static final int MOST_BYTES = 32 * 1024;

    private static EventBatch of(List<LiveEvent> events) {
        return new EventBatch(
                List.copyOf(events),
                new FrameRun(events.stream().map(LiveEvent::frame).toList()));
    }

    /** Divides events into batches. */
    static List<EventBatch> batches(List<LiveEvent> events) {
        List<EventBatch> all = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            int length = events.get(i).frame().length;
            boolean together = !isAlone(events.get(i)) && !isAlone(events.get(from)) && bytes + length <= MOST_BYTES;
            if (i > from && !together) {
                all.add(of(events.subList(from, i)));
                from = i;
                bytes = 0;
            }
            bytes += length;
        }
        all.add(of(events.subList(from, events.size())));
        return all;
    }

    /** Whether a session may have to check its access because of the event. */
    static boolean isAlone(LiveEvent event) {
        return event.left() != null || event.isGap();
    }

    void sendTo(Subscriber subscriber) {
        if (events.size() == 1) {
            subscriber.event(events.getFirst());
        } else {
            subscriber.events(this);
        }
    }

    /** The first seq that it covers. */
    long first() {
        return events.getFirst().first();
    }

    /** The last seq that it covers. */
    long last() {
        return events.getLast().seq();
    }
}
