package dev.dunlin.connection.subscription;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Live events of one subscription that wait behind a replay, bounded in bytes. On the session's loop. */
final class HeldBack {
    private final int maxBytes;
    private final ArrayDeque<LiveEvent> events = new ArrayDeque<>(0);
    private int bytes;
    private boolean onlyMessages = true;

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
        onlyMessages &= event.isMessage();
        return true;
    }

    /** Keeps this message instead of all others, whatever its size, if they are nothing but messages. */
    boolean keepOnly(LiveEvent newest) {
        if (!onlyMessages || !newest.isMessage()) {
            return false;
        }
        clear();
        events.add(newest);
        bytes = newest.frame().length;
        return true;
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
        onlyMessages = true;
    }
}
