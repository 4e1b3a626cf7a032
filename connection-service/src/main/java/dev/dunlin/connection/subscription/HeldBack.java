package dev.dunlin.connection.subscription;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Live events of one subscription that wait behind a replay, within the limit of the session's
 * {@link Backlog}. On the session's loop.
 */
final class HeldBack {
    private final Backlog backlog;
    private final ArrayDeque<LiveEvent> events = new ArrayDeque<>(2);
    private boolean onlyMessages = true;

    HeldBack(Backlog backlog) {
        this.backlog = backlog;
    }

    /** Keeps an event if there is room. Returns whether it did. */
    boolean add(LiveEvent event) {
        if (!backlog.hold(event.frame().length)) {
            return false;
        }
        events.add(event);
        onlyMessages &= event.isMessage();
        return true;
    }

    /**
     * Replaces all kept messages by this one, if only messages are kept and there is then room for
     * it.
     */
    boolean keepOnly(LiveEvent newest) {
        if (!onlyMessages || !newest.isMessage()) {
            return false;
        }
        clear();
        return add(newest);
    }

    @Nullable
    LiveEvent poll() {
        LiveEvent next = events.poll();
        if (next != null) {
            backlog.letGo(next.frame().length);
        }
        return next;
    }

    void clear() {
        events.forEach(event -> backlog.letGo(event.frame().length));
        events.clear();
        onlyMessages = true;
    }
}
