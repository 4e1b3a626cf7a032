package dev.dunlin.connection.subscription;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Live events of one subscription that wait behind a replay, bounded in bytes. On the session's loop. */
final class HeldBack {
    private final int maxBytes;
    private final ArrayDeque<LiveEvent> events = new ArrayDeque<>(0);
    private int bytes;

    HeldBack(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Keeps an event, if there is room. */
    boolean add(LiveEvent event) {
        if (bytes + event.frame().length > maxBytes) {
            return false;
        }
        events.add(event);
        bytes += event.frame().length;
        return true;
    }

    /** Keeps this one instead of all others, whatever its size. */
    void keepOnly(LiveEvent newest) {
        clear();
        events.add(newest);
        bytes = newest.frame().length;
    }

    @Nullable
    LiveEvent poll() {
        LiveEvent next = events.poll();
        bytes -= next == null ? 0 : next.frame().length;
        return next;
    }

    void clear() {
        events.clear();
        bytes = 0;
    }
}
