package dev.dunlin.connection.subscription;

import dev.dunlin.connection.loop.HubLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the events of a hot channel, so that each link gets several of them with one system call.
 * An event of a channel that is not hot passes at once (see {@link Heat}). The first event that
 * waits starts the window; at its end all go together, in order. They go earlier if they reach
 * {@link EventBatch#MOST_BYTES}, or if an event must not wait: the end of a membership, or a gap.
 * Nothing is lost here: positions and the tail already count what waits. A subscriber that is
 * attached meanwhile ignores what it has already. Belongs to one channel; on the hub loop.
 */
final class CoalescingWindow {
    /** A channel with fewer is hot only far above the rates that a channel can have. */
    static final int FEWEST_SUBSCRIBERS = 20;

    private final Audience audience;
    private final HubLoop loop;
    private final Duration window;
    /** Null if no event may wait. */
    private final @Nullable Heat heat;

    private final List<LiveEvent> waiting = new ArrayList<>();
    private int bytes;
    private boolean timer;

    /** {@code window}: how long an event may wait; 0 if none may. */
    CoalescingWindow(Audience audience, HubLoop loop, Duration window) {
        this.audience = audience;
        this.loop = loop;
        this.window = window;
        this.heat = window.isPositive() ? new Heat(window, loop.nanos()) : null;
    }

    /** Sends the event now, or after those that wait. */
    void add(LiveEvent event) {
        boolean hot = heat != null && heat.event(loop.nanos(), audience.size());
        if (EventBatch.isAlone(event)) {
            flush();
            audience.events(List.of(event));
        } else if (waiting.isEmpty() && !hot) {
            audience.events(List.of(event));
        } else {
            hold(event);
        }
    }

    private void hold(LiveEvent event) {
        if (bytes + event.frame().length > EventBatch.MOST_BYTES) {
            flush();
        }
        waiting.add(event);
        bytes += event.frame().length;
        if (!timer) {
            timer = true;
            loop.after(window, () -> {
                timer = false;
                flush();
            });
        }
    }

    /** Sends what waits. */
    void flush() {
        if (!waiting.isEmpty()) {
            audience.events(waiting);
        }
        waiting.clear();
        bytes = 0;
    }
}
