package dev.dunlin.connection.subscription;

import dev.dunlin.connection.link.FrameRun;
import java.util.List;

/**
 * Events of a channel that go to every subscriber together, in order. None of them ends a
 * membership or replaces events that could not be fetched.
 *
 * @param events two or more
 * @param frames the same events as frames
 */
record EventBatch(List<LiveEvent> events, FrameRun frames) {
    static EventBatch of(List<LiveEvent> events) {
        return new EventBatch(
                List.copyOf(events),
                new FrameRun(events.stream().map(LiveEvent::frame).toList()));
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
