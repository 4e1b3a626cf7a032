package dev.dunlin.client.transport;

import dev.dunlin.client.loop.EventLoop;
import java.time.Duration;

/**
 * Notices a dead link from this side: after an interval of silence it asks, and when nothing at all
 * comes back it calls the link dead.
 */
final class Heartbeat {
    /** How long a {@code ping} may go unanswered. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final EventLoop loop;
    private final Runnable ask;
    private final Runnable dead;
    private Duration interval = Duration.ZERO;
    private boolean running;
    private EventLoop.Timer timer = EventLoop.Timer.NONE;

    Heartbeat(EventLoop loop, Runnable ask, Runnable dead) {
        this.loop = loop;
        this.ask = ask;
        this.dead = dead;
    }

    void start(Duration every) {
        interval = every;
        running = true;
        heard();
    }

    void stop() {
        running = false;
        timer.cancel();
    }

    /** Anything that comes is a sign of life. */
    void heard() {
        if (running) {
            next(interval, this::probe);
        }
    }

    /** Asks now. */
    void probe() {
        if (running) {
            next(ANSWER, dead);
            ask.run();
        }
    }

    private void next(Duration delay, Runnable task) {
        timer.cancel();
        timer = loop.schedule(delay, task);
    }
}
