package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reports when the user did nothing for so long, and when the user does something again. With zero
 * it does nothing. On the loop only.
 */
final class IdleTimer {
    private final EventLoop loop;
    private final Duration idleAfter;
    private final Consumer<Boolean> changed;
    private EventLoop.Timer timer = EventLoop.Timer.NONE;
    private Duration usedAt = Duration.ZERO;
    private boolean running;
    private boolean idle;

    IdleTimer(EventLoop loop, Duration idleAfter, Consumer<Boolean> changed) {
        this.loop = loop;
        this.idleAfter = idleAfter;
        this.changed = changed;
    }

    void start() {
        if (!running && !idleAfter.isZero()) {
            running = true;
            usedAt = loop.now();
            timer = loop.schedule(idleAfter, this::look);
        }
    }

    void stop() {
        running = false;
        timer.cancel();
    }

    /** The user did something. */
    void used() {
        usedAt = loop.now();
        if (running && idle) {
            report(false);
            timer = loop.schedule(idleAfter, this::look);
        }
    }

    private void look() {
        Duration left = usedAt.plus(idleAfter).minus(loop.now());
        if (left.isZero() || left.isNegative()) {
            report(true);
        } else {
            timer = loop.schedule(left, this::look);
        }
    }

    private void report(boolean now) {
        idle = now;
        changed.accept(now);
    }
}
