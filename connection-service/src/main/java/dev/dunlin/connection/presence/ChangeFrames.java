package dev.dunlin.connection.presence;

import dev.dunlin.connection.loop.HubLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When watchers are sent their changes: at the end of this turn, then at most one frame in each
 * {@link #PAUSE}. A watcher without changes costs nothing. Hub loop only.
 */
final class ChangeFrames {
    /** From one frame of a watcher to the next. */
    static final Duration PAUSE = Duration.ofMillis(250);

    private final HubLoop loop;
    private List<Watcher> ready = new ArrayList<>();

    ChangeFrames(HubLoop loop) {
        this.loop = loop;
    }

    /** Sends the changes of a watcher that does not pause. Call it once for each frame. */
    void send(Watcher watcher) {
        ready.add(watcher);
        if (ready.size() == 1) {
            loop.execute(this::sendAll);
        }
    }

    /** One timer resumes all watchers of this turn. */
    private void sendAll() {
        List<Watcher> sent = ready;
        ready = new ArrayList<>();
        sent.removeIf(watcher -> !watcher.send());
        if (!sent.isEmpty()) {
            loop.after(PAUSE, () -> sent.forEach(Watcher::resume));
        }
    }
}
